import { renderSvg, type Figure } from '../../lib/figures/index.js';
import { frameOf, learningCurves, marks, numbers, parse, plain } from './reading.js';

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
      marks(root, `${axis}-axis tick label`, 'g[aria-label]').map((node) => node.getAttribute('aria-label'));
    expect(words('y')).toEqual(['10^{-3}', '10^{-2}', '10^{-1}', '10^{0}']);
    expect(words('x')).toEqual(['0', '2', '4', '6', '8', '10']);
  });

  it('turns ticks inward on all four sides', () => {
    const root = parse(renderSvg(plain()));
    const { left, top, right, bottom } = frameOf(root);
    const ticks = ['x', 'y'].flatMap((axis) =>
      marks(root, `${axis}-axis tick`, 'path').flatMap((path) =>
        path
          .getAttribute('d')!
          .split('M')
          .slice(1)
          .map((tick) => tick.split(/[,l]/u).map(Number)),
      ),
    );
    // Labelled ones and those between them: at 0, 2, …, 10 in steps of a half, at 0, 0.2, …, 1 in steps of a twentieth; twice each.
    expect(ticks).toHaveLength(2 * (6 + 21 + 6 + 21));
    const ends = new Set(
      ticks.map(([x, y, dx, dy]) => {
        expect(x + dx).toBeGreaterThanOrEqual(left);
        expect(x + dx).toBeLessThanOrEqual(right);
        expect(y + dy).toBeGreaterThanOrEqual(top);
        expect(y + dy).toBeLessThanOrEqual(bottom);
        return [Math.sign(dx), Math.sign(dy)].join(' ');
      }),
    );
    expect(ends).toEqual(new Set(['0 -1', '0 1', '1 0', '-1 0']));
  });

  it('holds no text that a font of the reader would change', () => {
    expect(renderSvg(learningCurves())).not.toMatch(/<text|font-family/);
  });

  it('refuses a label with a character that its fonts do not have', () => {
    expect(() => renderSvg(plain({ label: 'Ü' }))).toThrow(RangeError);
  });
});
