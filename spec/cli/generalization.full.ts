import { rowsOf, type Row } from './generalization-rows.js';

describe('generalization', () => {
  it('shows both solutions where two coexist, and which is metastable', () => {
    const rows = rowsOf('--activation abs(z) --load 1,2 --gamma-decay 0.05');
    const at = (load: number): Row[] => rows.filter((row) => row['load'] === load);
    expect(at(1)).toHaveLength(1);
    expect(at(2).map((row) => [row['branch'], row['state']])).toEqual([
      ['upward', 'metastable'],
      ['downward', 'approximate'],
    ]);
    // |z| is even: a student at right angles to the teacher stays a solution.
    expect(Math.abs(Number(at(2)[0]['overlap']))).toBeLessThan(1e-9);
    expect(Number(at(2)[1]['overlap'])).toBeGreaterThan(0.9);
  });
});
