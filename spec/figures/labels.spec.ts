import { renderSvg, type Panel } from '../../lib/figures/index.js';
import { frameOf, marks, numbers, parse, plain, spaced, textBoxes, type Node } from './reading.js';

const x = spaced(0, 10, 101);
const slopes = [0.01, 0.05, 0.09];
const fan = (direct: boolean): Partial<Panel> => ({
  series: slopes.map((slope, index) => ({
    label: `M = ${index}`,
    kind: 'line',
    style: { color: (['blue', 'vermillion', 'green'] as const)[index] },
    x,
    y: x.map((at) => 0.05 + slope * at),
    direct,
  })),
});

const namesIn = (root: Node): string[] =>
  textBoxes(root).flatMap(({ text }) => (text.startsWith('M =') || text === 'WN' ? [text] : []));

/** Samples of lines and markers in a legend: rules and dots of a figure that has no others. */
const samples = (root: Node): number => marks(root, 'rule', 'line').length;

describe('direct labels', () => {
  it('stand in place of the legend', () => {
    const [beside, inLegend] = [true, false].map((direct) => parse(renderSvg(plain({}, fan(direct)))));
    expect(namesIn(beside)).toEqual(['M = 0', 'M = 1', 'M = 2']);
    expect(samples(beside)).toBe(0);
    expect(namesIn(inLegend)).toEqual(['M = 0', 'M = 1', 'M = 2']);
    expect(samples(inLegend)).toBe(3);
  });

  it('cover no curve and stand nearest to their own', () => {
    const root = parse(renderSvg(plain({}, fan(true))));
    const { left, top, right, bottom } = frameOf(root);
    const curves = slopes.map((slope) =>
      x.map((at) => [left + ((right - left) * at) / 10, bottom - (bottom - top) * (0.05 + slope * at)]),
    );
    for (const box of textBoxes(root).filter(({ text }) => text.startsWith('M ='))) {
      const distances = curves.map((points) =>
        Math.min(
          ...points.map(([px, py]) =>
            Math.hypot(
              Math.max(box.left - px, 0, px - box.right),
              Math.max(box.top - py, 0, py - box.bottom),
            ),
          ),
        ),
      );
      expect(Math.min(...distances)).toBeGreaterThan(0.5);
      expect(distances.indexOf(Math.min(...distances))).toBe(Number(box.text.slice(4)));
    }
  });

  it('go to the legend when the curve is not to be seen, and are written once for one name', () => {
    const hidden = parse(renderSvg(plain({ kind: 'line', y: [5, 6, 7], direct: true })));
    expect(namesIn(hidden)).toEqual(['WN']);
    expect(samples(hidden)).toBe(1);
    const [line] = fan(true).series!;
    const both = [line, { ...line, kind: 'points' as const, x: [2, 5], y: [0.07, 0.1] }];
    expect(namesIn(parse(renderSvg(plain({}, { series: both }))))).toEqual(['M = 0']);
  });
});

describe('reference lines', () => {
  const treeOf = (references: NonNullable<Panel['references']>): Node =>
    parse(renderSvg(plain({}, { references })));

  it('cross the frame from side to side at their value', () => {
    const root = treeOf([
      { axis: 'y', value: 0.25 },
      { axis: 'x', value: 5 },
    ]);
    const { left, top, right, bottom } = frameOf(root);
    const [level, upright] = marks(root, 'rule', 'line').map((line) => numbers(line, 'x1', 'y1', 'x2', 'y2'));
    const height = bottom - 0.25 * (bottom - top);
    // All are rounded to a hundredth.
    [left, height, right, height].forEach((at, k) => {
      expect(Math.abs(level[k] - at)).toBeLessThan(0.021);
    });
    const middle = (left + right) / 2;
    [middle, top, middle, bottom].forEach((at, k) => {
      expect(Math.abs(upright[k] - at)).toBeLessThan(0.021);
    });
  });

  it('are left out outside the domain, their labels too', () => {
    const root = treeOf([{ axis: 'y', value: 2, label: 'no' }]);
    expect(marks(root, 'rule', 'line')).toEqual([]);
    expect(textBoxes(root).map(({ text }) => text)).not.toContain('no');
  });

  it('carry their labels beside them, inside the frame', () => {
    const root = treeOf([
      { axis: 'y', value: 0.9, label: 'limit' },
      { axis: 'x', value: 8, label: 't_c' },
    ]);
    const { left, top, right, bottom } = frameOf(root);
    const [limit, critical] = ['limit', 't_c'].map((text) =>
      textBoxes(root).find((one) => one.text === text)!,
    );
    for (const box of [limit, critical]) {
      expect(
        Math.min(box.left - left, right - box.right, box.top - top, bottom - box.bottom),
      ).toBeGreaterThan(0);
    }
    const [height, across] = [top + 0.1 * (bottom - top), left + 0.8 * (right - left)];
    const gap = Math.min(Math.abs(limit.top - height), Math.abs(limit.bottom - height));
    const gapAcross = Math.min(Math.abs(critical.left - across), Math.abs(critical.right - across));
    for (const one of [gap, gapAcross]) {
      expect(one).toBeGreaterThan(0.5);
      expect(one).toBeLessThan(7);
    }
  });
});
