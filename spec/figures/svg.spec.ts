import fc from 'fast-check';
import { renderSvg, type Figure } from '../../lib/figures/index.js';
import {
  frameOf,
  learningCurves,
  marks,
  numbers,
  overlaps,
  parse,
  plain,
  spaced,
  textBoxes,
} from './reading.js';

/** Where a value belongs between the ends of an axis, by definition of the scales. */
function place(value: number, [low, high]: readonly [number, number], log: boolean): number {
  return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

const logPanel: Partial<Figure['panels'][number]> = {
  x: { label: 't', domain: [0, 10] },
  y: { label: 'ε', scale: 'log', domain: [1e-3, 1] },
};

describe('renderSvg', () => {
  it('puts points and their error bars where the axes say', () => {
    const x = [2, 5, 9];
    const y = [0.5, 0.02, 0.003];
    const errors = [0.1, 0.005, 0.002];
    const root = parse(renderSvg(plain({ x, y, errors }, logPanel)));
    const { left, top, right, bottom } = frameOf(root);
    const across = (value: number): number => left + (right - left) * place(value, [0, 10], false);
    const up = (value: number): number => bottom - (bottom - top) * place(value, [1e-3, 1], true);
    const dots = marks(root, 'dot', 'circle').slice(0, 3);
    // Each bar is drawn twice, first as its halo.
    const bars = marks(root, 'rule', 'line').slice(3, 6);
    x.forEach((value, i) => {
      const [cx, cy] = numbers(dots[i], 'cx', 'cy');
      const [x1, y1, y2] = numbers(bars[i], 'x1', 'y1', 'y2');
      // Coordinates are written with two decimals.
      expect(Math.abs(cx - across(value))).toBeLessThan(0.011);
      expect(Math.abs(cy - up(y[i]))).toBeLessThan(0.011);
      expect(Math.abs(x1 - across(value))).toBeLessThan(0.011);
      expect(Math.abs(Math.max(y1, y2) - up(y[i] - errors[i]))).toBeLessThan(0.011);
      expect(Math.abs(Math.min(y1, y2) - up(y[i] + errors[i]))).toBeLessThan(0.011);
    });
  });

  it('draws a line through its points and breaks it where there is no number', () => {
    const line = { kind: 'line', x: [0, 5, 6, 8, 10], y: [0, 0.5, NaN, 0.5, 1] } as const;
    const root = parse(renderSvg(plain(line)));
    const { left, top, right, bottom } = frameOf(root);
    const path = marks(root, 'line', 'path')[0].getAttribute('d')!;
    const pieces = path.split('M').slice(1);
    expect(pieces.length).toBe(2);
    const corners = pieces.map((piece) => piece.split('L').map((pair) => pair.split(',').map(Number)));
    const expected = [
      [
        [0, 0],
        [5, 0.5],
      ],
      [
        [8, 0.5],
        [10, 1],
      ],
    ];
    corners.forEach((piece, i) => {
      piece.forEach(([x, y], k) => {
        expect(Math.abs(x - (left + ((right - left) * expected[i][k][0]) / 10))).toBeLessThan(0.011);
        expect(Math.abs(y - (bottom - (bottom - top) * expected[i][k][1]))).toBeLessThan(0.011);
      });
    });
  });

  it('leaves out points outside the domain, without a number, or not positive on a log axis', () => {
    const series = { x: [1, 2, 3, 4, 50, 5], y: [0.1, NaN, -1, 0, 0.1, 7] };
    const root = parse(renderSvg(plain(series, { ...logPanel, legend: 'none' })));
    expect(marks(root, 'dot', 'circle').length).toBe(1);
  });

  it('clips lines at the frame', () => {
    const root = parse(renderSvg(plain({ kind: 'line', x: [0, 10], y: [-5, 5] })));
    const { left, top, right, bottom } = frameOf(root);
    const [clip] = root.querySelectorAll('clipPath rect');
    const [x, y, width, height] = numbers(clip, 'x', 'y', 'width', 'height');
    // The clip is as wide as the frame and half a stroke.
    expect(Math.abs(x - left)).toBeLessThan(1);
    expect(Math.abs(y - top)).toBeLessThan(1);
    expect(Math.abs(x + width - right)).toBeLessThan(1);
    expect(Math.abs(y + height - bottom)).toBeLessThan(1);
  });

  it('labels decades as powers of ten, and linear axes with numbers of one length', () => {
    const root = parse(renderSvg(plain({ y: [0.1, 0.2, 0.3] }, logPanel)));
    const words = (axis: string): (string | null)[] =>
      marks(root, `${axis}-axis tick label`, 'path').map((node) => node.getAttribute('aria-label'));
    expect(words('y')).toEqual(['10^{-3}', '10^{-2}', '10^{-1}', '10^{0}']);
    expect(words('x')).toEqual(['0', '2', '4', '6', '8', '10']);
  });

  it('turns ticks inward on all four sides', () => {
    const root = parse(renderSvg(plain()));
    const { left, top, right, bottom } = frameOf(root);
    const ends = new Set(
      ['x', 'y'].flatMap((axis) =>
        marks(root, `${axis}-axis tick`, 'path').map((tick) => {
          const [x, y] = /translate\(([^)]*)\)/
            .exec(tick.getAttribute('transform')!)![1]
            .split(',')
            .map(Number);
          const [dx, dy] = /L(.*)$/.exec(tick.getAttribute('d')!)![1].split(',').map(Number);
          expect(x + dx).toBeGreaterThanOrEqual(left);
          expect(x + dx).toBeLessThanOrEqual(right);
          expect(y + dy).toBeGreaterThanOrEqual(top);
          expect(y + dy).toBeLessThanOrEqual(bottom);
          return [Math.sign(dx), Math.sign(dy)].join(' ');
        }),
      ),
    );
    expect(ends).toEqual(new Set(['0 -1', '0 1', '1 0', '-1 0']));
  });

  it('writes each label of a series once, in its colour, and tags panels when there are several', () => {
    const svg = renderSvg(learningCurves());
    const root = parse(svg);
    const words = marks(root, 'text', 'path').map((node) => node.getAttribute('aria-label'));
    for (const label of ['SGD', 'WN', 'BN, M = 8', 'WN + γ decay']) {
      expect(words.filter((word) => word === label).length).toBe(1);
    }
    expect(words.filter((word) => /^\(\\[ab]\)$/.test(word ?? '')).length).toBe(2);
    expect(words).toContain('overlap R');
  });

  it('is the same text each time, for readers and machines: no clock, no random name, no number that is none', () => {
    const svg = renderSvg(learningCurves());
    expect(renderSvg(learningCurves())).toBe(svg);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg).toContain('<title>Learning curves of four rules</title>');
    expect(svg).toContain('<desc>');
    const ids = [...svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('holds no text that a font of the reader would change', () => {
    expect(renderSvg(learningCurves())).not.toMatch(/<text|font-family/);
  });

  it('never writes a number that is none, whatever the data', () => {
    const broken = [NaN, Infinity, -Infinity, 0, -1, 1e308, -1e308, 5e-324, 1];
    for (const scale of ['linear', 'log'] as const) {
      for (const kind of ['line', 'points'] as const) {
        const axis = { label: 'x', scale, domain: [0.1, 10] } as const;
        const across = renderSvg(plain({ kind, x: broken, y: spaced(1, 2, 9) }, { x: axis, y: axis }));
        const up = renderSvg(plain({ kind, x: spaced(1, 2, 9), y: broken }, { x: axis, y: axis }));
        expect(across + up).not.toMatch(/NaN|Infinity|undefined/u);
      }
    }
  });

  it('escapes what XML reserves and drops control characters', () => {
    const odd = renderSvg(plain({}, {}, { title: 'a < b & "c"\u0000\u0008' }));
    expect(odd).toContain('<title>a &lt; b &amp; &quot;c&quot;  </title>');
    // A line feed would break the line; it is a space.
    expect(renderSvg(plain({ label: 'a < b\n& c' }))).toContain('<path aria-label="a &lt; b &amp; c"');
  });

  it('gives all frames one size and stands them on one grid', () => {
    const [one] = plain().panels;
    const wide = { ...one, y: { ...one.y, scale: 'log', domain: [1e-12, 1] } as const };
    const figure = { ...plain(), columns: 2, panelWidth: 150, panelHeight: 120, panels: [one, wide, one] };
    const root = parse(renderSvg(figure));
    const frames = [...root.querySelectorAll('rect[aria-label="frame"]')];
    const sizes = frames.map((frame) => numbers(frame, 'x', 'y', 'width', 'height').join(' '));
    expect(new Set(sizes).size).toBe(1);
    const places = [...root.querySelectorAll('g[aria-label^="panels"]')].map((panel) =>
      panel.getAttribute('transform'),
    );
    expect(places).toEqual(['translate(0 0)', 'translate(150 0)', 'translate(0 120)']);
    expect([...root.querySelectorAll('svg')][0].getAttribute('viewBox')).toBe('0 0 300 240');
  });

  it('sets no text over other text and none off the panel', () => {
    const [panel] = plain().panels;
    const odd: Partial<Figure['panels'][number]>[] = [
      { title: 'M = 8', y: { label: 'count n', domain: [0, 250000] } },
      { x: { label: 'rate η', domain: [0, 1e-4] }, y: { label: 'ε', scale: 'log', domain: [1e-9, 1] } },
      {
        x: { label: 'α = P/N', scale: 'log', domain: [0.2, 0.9] },
        references: [{ axis: 'x', value: 0.5, label: 'α_c' }],
      },
      { x: { label: 't', scale: 'log', domain: [1e-12, 1e12] }, y: { label: 'R', domain: [-1, 1] } },
    ];
    const grid = { ...plain(), columns: 2, panelWidth: 168, panelHeight: 130 };
    for (const figure of [
      learningCurves(),
      plain(),
      { ...grid, panels: odd.map((part) => ({ ...panel, ...part })) },
    ]) {
      for (const drawn of parse(renderSvg(figure)).querySelectorAll('g[aria-label^="panels"]')) {
        const boxes = textBoxes(drawn);
        expect(boxes.length).toBeGreaterThan(8);
        expect(overlaps(boxes)).toEqual([]);
        for (const { left, right, top, bottom } of boxes) {
          expect(Math.min(left, top, figure.panelWidth - right, figure.panelHeight - bottom)).toBeGreaterThan(
            0,
          );
        }
      }
    }
  });

  it('keeps tick labels apart on any axis (seed 3, 100 figures)', () => {
    const magnitude = fc.double({ min: -8, max: 8, noNaN: true });
    const width = fc.double({ min: -3, max: 12, noNaN: true });
    fc.assert(
      fc.property(magnitude, width, fc.boolean(), (size, wide, log) => {
        const low = 10 ** size;
        const high = log ? low * 10 ** (Math.abs(wide) + 0.05) : low + 10 ** (size + wide / 4);
        const axis = { scale: log ? 'log' : 'linear', domain: [low, high] } as const;
        const panel = { x: { label: 'x', ...axis }, y: { label: 'y', ...axis }, legend: 'none' } as const;
        expect(overlaps(textBoxes(parse(renderSvg(plain({}, panel)))))).toEqual([]);
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  it('refuses a label with a character that its fonts do not have', () => {
    expect(() => renderSvg(plain({ label: 'Ü' }))).toThrow(RangeError);
  });
});
