import { axisDomain } from '../../lib/figures/domain.js';
import type { Panel, Series } from '../../lib/figures/index.js';

function panelOf(series: Partial<Series>, panel: Partial<Panel> = {}): Panel {
  const whole: Series = {
    label: 'a',
    kind: 'points',
    style: { color: 'blue' },
    x: [1, 2],
    y: [3, 5],
    ...series,
  };
  return { x: { label: 'x' }, y: { label: 'y' }, series: [whole], ...panel };
}

describe('axisDomain', () => {
  it('is the given domain where there is one', () => {
    expect(axisDomain('x', panelOf({}, { x: { label: 'x', domain: [0, 9] } }), 'p')).toEqual([0, 9]);
  });

  it('covers the data with 4 % on both sides', () => {
    const [low, high] = axisDomain('x', panelOf({}), 'p');
    expect(low).toBeCloseTo(0.96, 12);
    expect(high).toBeCloseTo(2.04, 12);
  });

  it('covers reference lines too', () => {
    const references = [
      { axis: 'y', value: 9 },
      { axis: 'x', value: 100 },
    ] as const;
    const [low, high] = axisDomain('y', panelOf({ errors: [1, 0] }, { references }), 'p');
    // Data from 3 − 1 to 9: width 7.
    expect(low).toBeCloseTo(2 - 0.28, 12);
    expect(high).toBeCloseTo(9 + 0.28, 12);
  });

  it('covers both ends of error bars', () => {
    // 5 ± 4 reaches from 1 to 9, beyond 3 ± 1: width 8.
    const [low, high] = axisDomain('y', panelOf({ errors: [1, 4] }), 'p');
    expect(low).toBeCloseTo(1 - 0.32, 12);
    expect(high).toBeCloseTo(9 + 0.32, 12);
  });

  it('does not cross zero for the sake of the margin', () => {
    expect(axisDomain('y', panelOf({ y: [0.01, 1] }), 'p')[0]).toBe(0);
    expect(axisDomain('y', panelOf({ y: [-0.01, -1] }), 'p')[1]).toBe(0);
  });

  it('takes its margin in the logarithm on a log axis and leaves out what cannot be drawn', () => {
    const y = { label: 'y', scale: 'log' } as const;
    const data = { x: [1, 2, 3, 4, NaN], y: [0, 1, 100, Infinity, 1e9], errors: [0, 5, 0, 0, 0] };
    const [low, high] = axisDomain('y', panelOf(data, { y }), 'p');
    // The bar of the second point reaches below zero, its upper end is 6.
    expect(Math.log10(low)).toBeCloseTo(-0.08, 12);
    expect(Math.log10(high)).toBeCloseTo(2.08, 12);
  });

  it('leaves out, for y, points outside the domain of x', () => {
    const [, high] = axisDomain('y', panelOf({ x: [1, 2, 3], y: [1, 2, 1e6] }), 'p', (x) => x <= 2);
    expect(high).toBeCloseTo(2.04, 12);
  });

  it('has width for a single value', () => {
    expect(axisDomain('y', panelOf({ x: [1], y: [7] }), 'p')[0]).toBeCloseTo(6.3, 12);
    expect(axisDomain('y', panelOf({ x: [1], y: [7] }), 'p')[1]).toBeCloseTo(7.7, 12);
    expect(axisDomain('y', panelOf({ x: [1], y: [0] }), 'p')).toEqual([-1, 1]);
    expect(axisDomain('y', panelOf({ y: [7, 7] }, { y: { label: 'y', scale: 'log' } }), 'p')).toEqual([
      3.5, 14,
    ]);
  });

  it('must be given where nothing can be drawn or numbers end', () => {
    expect(() => axisDomain('y', panelOf({ y: [NaN, NaN] }), 'panels[0]')).toThrow(
      new RangeError('`panels[0].y.domain` must be given when no point can be drawn; got undefined'),
    );
    expect(() => axisDomain('y', panelOf({ y: [-1.7e308, 1.7e308] }), 'panels[0]')).toThrow(
      new RangeError(
        '`panels[0].y.domain` must be given when the data reach the limits of numbers; got "-1.7e+308 to 1.7e+308"',
      ),
    );
  });
});
