import { renderSvg, type LegendPlace, type Series } from '../../lib/figures/index.js';
import { palette } from '../../lib/figures/style.js';
import { frameOf, marks, numbers, overlaps, parse, plain, textBoxes } from './reading.js';

const points = (label: string, x: number[], y: number[]): Series => ({
  label,
  kind: 'points',
  style: { color: 'vermillion', marker: 'square' },
  x,
  y,
});

describe('the legend', () => {
  it('has one row for a line and points of one label, in the colours of both, the text in that of the first', () => {
    const line: Series = { label: 'WN', kind: 'line', style: { color: 'blue' }, x: [1, 2], y: [0.1, 0.2] };
    const root = parse(renderSvg(plain({}, { series: [line, points('WN', [3], [0.3])] })));
    const [rule, ...others] = root.querySelectorAll('g[aria-label="rule"]');
    expect(others).toEqual([]);
    expect(rule.getAttribute('stroke')).toBe(palette.blue);
    const dots = [...root.querySelectorAll('g[aria-label="dot"]')];
    expect(dots.map((dot) => dot.getAttribute('fill'))).toEqual([palette.vermillion, palette.vermillion]);
    const [text] = marks(root, 'text', 'g[aria-label]');
    expect(text.getAttribute('aria-label')).toBe('WN');
    expect(text.parentElement!.getAttribute('fill')).toBe(palette.blue);
  });

  it('shows the band of a line under its sample', () => {
    const line: Series = { label: 'WN', kind: 'line', style: { color: 'blue' }, x: [1, 2], y: [0.1, 0.2] };
    const band: Series = { ...line, kind: 'band', errors: [0.05, 0.05] };
    const root = parse(renderSvg(plain({}, { series: [band, line] })));
    const [sample] = marks(root, 'rect', 'rect');
    expect(sample.parentElement!.getAttribute('fill')).toBe(palette.blue);
    const [x, y, width, height] = numbers(sample, 'x', 'y', 'width', 'height');
    const [x1, x2, at] = numbers(marks(root, 'rule', 'line')[0], 'x1', 'x2', 'y1');
    expect([x1, x2, at]).toEqual([x, x + width, y + height / 2]);
    expect(textBoxes(root).filter(({ text }) => text === 'WN')).toHaveLength(1);
  });

  it('stands in the corner that the author picks', () => {
    const at = (legend: LegendPlace): number[] => {
      const root = parse(renderSvg(plain({}, { legend })));
      const { left, top, right, bottom } = frameOf(root);
      const text = textBoxes(root).find((box) => box.text === 'WN')!;
      return [text.left - left, text.top - top, right - text.right, bottom - text.bottom];
    };
    // Seven points from the frame; left of the text is a sample of 6 points and a gap of 5.
    expect(at('top-left')[0]).toBeLessThan(20);
    expect(at('top-left')[1]).toBeLessThan(12);
    expect(at('bottom-right')[2]).toBeLessThan(10);
    expect(at('bottom-right')[3]).toBeLessThan(12);
    expect(at([1, 1])).toEqual(at('top-right'));
    expect(at([0, 0])).toEqual(at('bottom-left'));
  });

  it('goes by itself where it covers no data', () => {
    // The two upper corners and the lower left one are taken.
    const root = parse(renderSvg(plain({ x: [0.5, 0.5, 9.5, 9], y: [0.95, 0.05, 0.95, 0.9] })));
    const { left, top, right, bottom } = frameOf(root);
    const text = textBoxes(root).find((box) => box.text === 'WN')!;
    expect(text.left).toBeGreaterThan((left + right) / 2);
    expect(text.top).toBeGreaterThan((top + bottom) / 2);
  });

  it('keeps off labels written beside curves', () => {
    const series = [
      { ...points('beside its curve', [9.7], [0.97]), direct: true },
      points('in the legend', [9.7], [2]),
    ];
    const boxes = textBoxes(parse(renderSvg(plain({}, { series })))).filter(({ text }) => text.length > 8);
    expect(boxes).toHaveLength(2);
    expect(overlaps(boxes)).toEqual([]);
  });

  it('is not drawn when told so', () => {
    const root = parse(renderSvg(plain({}, { legend: 'none' })));
    expect(textBoxes(root).map(({ text }) => text)).not.toContain('WN');
    expect(marks(root, 'dot', 'circle')).toHaveLength(3);
  });

  it('refuses to be larger than the frame, with its size', () => {
    const series = Array.from({ length: 20 }, (_, index) => points(`rule ${index}`, [1], [1]));
    expect(() => renderSvg(plain({}, { series }))).toThrow(
      /^`panels\[0\]\.legend` must be no larger than its frame; got "\d+ × 220 points"$/u,
    );
    expect(() => renderSvg(plain({}, { series, legend: 'none' }))).not.toThrow();
  });
});
