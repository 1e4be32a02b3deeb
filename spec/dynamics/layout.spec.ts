import { boundsOf, layoutOf } from '../../lib/dynamics/layout.js';

const normalized = layoutOf({ gamma: 'scale', overlap: 'overlap', length: 'length' });
// A soft committee machine of two students and a teacher of one unit, with an output scale.
const committee = layoutOf<string>({
  gamma: 'scale',
  projections: { kind: 'overlap', shape: 'vector', size: 2 },
  overlaps: { kind: 'overlap', shape: 'symmetric matrix', size: 2 },
  lengths: { kind: 'length', shape: 'vector', size: 2 },
});
const start = {
  gamma: -2,
  projections: [0.25, -0.5],
  overlaps: [
    [1, 0.5],
    [0.5, 0],
  ],
  lengths: [1, 2],
};

describe('a layout', () => {
  it('keeps numbers in their order, an overlap as 1 − R', () => {
    const state = normalized.state({ gamma: 0.5, overlap: 0.25, length: 2 });
    expect([...state]).toEqual([0.5, 0.75, 2]);
    expect(normalized.read(state)).toEqual({ gamma: 0.5, overlap: 0.25, length: 2 });
    expect(normalized.kinds).toEqual(['scale', 'overlap', 'length']);
  });

  it('takes vectors as lists and symmetric matrices as rows, and names their entries by place', () => {
    const state = committee.state(start);
    expect([...state]).toEqual([-2, 0.75, 1.5, 0, 0.5, 1, 1, 2]);
    const entries = ['projections.1', 'projections.2', 'overlaps.1.1', 'overlaps.1.2', 'overlaps.2.2'];
    expect(committee.names).toEqual(['gamma', ...entries, 'lengths.1', 'lengths.2']);
    expect(committee.read(state)['overlaps.1.2']).toBe(0.5);
  });

  it.each([
    [{ gamma: 1 }, '`initial.projections` must be a list of 2 numbers; got undefined'],
    [{ projections: [1] }, '`initial.projections` must be a list of 2 numbers'],
    [{ projections: [1, 2] }, '`initial.projections[1]` must be a number from -1 to 1; got 2'],
    [{ overlaps: [[1, 0.5]] }, '`initial.overlaps` must be 2 lists of 2 numbers'],
    [
      {
        overlaps: [
          [1, 0.5],
          [0.4, 1],
        ],
      },
      '`initial.overlaps[0][1]` must be that of a symmetric matrix; got 0.5',
    ],
    [{ lengths: [1, 0] }, '`initial.lengths[1]`'],
    [{ lengths: [1, '2'] }, '`initial.lengths[1]` must be a number; got "2"'],
    [{ other: 1 }, '`initial` must be an object with gamma, projections, overlaps, lengths; got "other"'],
  ])('refuses %j in one line', (change, message) => {
    const given = 'gamma' in change ? change : { ...start, ...change };
    expect(() => committee.state(given as never)).toThrow(message);
  });

  it('refuses a name with a dot, which tells entries apart', () => {
    expect(() => layoutOf({ 'a.b': 'scale' })).toThrow('`blocks` must be names without dots; got "a.b"');
  });

  it('tells where a length has left its bounds, by its name', () => {
    const outside = boundsOf(committee, 10);
    const state = committee.state(start);
    expect(outside(state)).toBeUndefined();
    expect(outside(state.with(7, 11))!.what).toBe('the lengths.2 exceeds 10');
    expect(outside(state.with(6, 0))!.what).toBe('the lengths.1 is not positive');
    expect(outside(state.with(6, NaN))!.what).toBe('the lengths.1 is not positive');
  });
});
