import fc from 'fast-check';
import { renderSvg, type Figure } from '../../lib/figures/index.js';
import { learningCurves, marks, numbers, overlaps, parse, plain, spaced, textBoxes } from './reading.js';

describe('a composed figure', () => {
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

  it('writes each label of a series once, in its colour, and tags panels when there are several', () => {
    const svg = renderSvg(learningCurves());
    const root = parse(svg);
    const words = marks(root, 'text', 'g[aria-label]').map((node) => node.getAttribute('aria-label'));
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

  it('says numbers of labels with all their digits', () => {
    const root = parse(
      renderSvg(plain({ label: 'η = 0.3125' }, { x: { label: 't', domain: [0.25, 0.26] } })),
    );
    const words = textBoxes(root).map(({ text }) => text);
    expect(words).toEqual(expect.arrayContaining(['η = 0.3125', '0.252', '0.258']));
  });

  it('escapes what XML reserves and drops control characters', () => {
    const odd = renderSvg(plain({}, {}, { title: 'a < b & "c"\u0000\u0008' }));
    expect(odd).toContain('<title>a &lt; b &amp; &quot;c&quot;  </title>');
    // A line feed would break the line; it is a space.
    expect(renderSvg(plain({ label: 'a < b\n& c' }))).toContain('<g aria-label="a &lt; b &amp; c"');
  });
});
