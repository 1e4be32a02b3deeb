import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { hotellingTest } from '../../lib/numerics/hotelling.js';
import { compareWithTheory } from '../../lib/comparison/theory-and-simulation.js';
import { simulate } from '../../lib/simulation/simulate.js';
import { solve } from '../../lib/trajectory/solve.js';

const rule = weightNormalization({
  activation: relu,
  learningRate: 0.5,
  gammaDecay: 0.2,
  noiseVariance: 0.05,
});
const initial = { gamma: 0.5, overlap: 0.1, length: 0.8 };
const times = [0, 0.5, 1, 1.5, 2, 2.5, 3];
const options = { rule, initial, times, dimension: 20, runs: 12, seed: 3 };
const simulation = simulate(options);
const theory = solve({ rule, initial, times });
const comparison = compareWithTheory(simulation, theory);

/** P(|Z| ≤ z) by Simpson's rule. */
function normalWithin(z: number): number {
  const steps = 2000;
  const h = z / steps;
  let sum = 0;
  for (let k = 0; k <= steps; k++) {
    const weight = k === 0 || k === steps ? 1 : k % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-((k * h) ** 2) / 2);
  }
  return ((sum * h) / 3) * Math.sqrt(2 / Math.PI);
}

describe('the series of a comparison', () => {
  it('puts mean and standard error beside the theory at every time', () => {
    for (const quantity of ['gamma', 'misalignment', 'generalizationError'] as const) {
      const measured = simulation.series(quantity);
      comparison.series(quantity).forEach((row, index) => {
        expect(row.time).toBe(times[index]);
        expect(row).toMatchObject(measured[index]);
        // Two interpolations of one solution, of relative tolerance 1e-10.
        expect(row.theory).toBeCloseTo(theory.series(quantity)[index], 9);
      });
    }
  });

  it('has as z the normal deviate with the tail of Student’s t: t/√(2 + t²) inside at three runs', () => {
    const three = simulate({ ...options, runs: 3 });
    for (const row of compareWithTheory(three, theory).series('length').slice(1)) {
      const t = (row.mean - row.theory) / row.standardError;
      expect(Math.sign(row.z)).toBe(Math.sign(t));
      // Simpson's rule with 2,000 steps.
      expect(normalWithin(Math.abs(row.z))).toBeCloseTo(Math.abs(t) / Math.sqrt(2 + t * t), 10);
      expect(Math.abs(row.z)).toBeLessThan(Math.abs(t));
    }
  });

  it('has z = 0 at time 0, where all runs agree with the theory to rounding', () => {
    for (const name of rule.layout.names) expect(comparison.series(name)[0].z).toBe(0);
  });

  it('has an infinite z, with its sign, where runs without spread differ from the theory', () => {
    const off = solve({ rule, initial: { gamma: 0.5, overlap: 0.1 + 1e-9, length: 0.8 - 1e-9 }, times });
    const other = compareWithTheory(simulation, off);
    expect(other.series('overlap')[0].z).toBe(-Infinity);
    expect(other.series('length')[0].z).toBe(Infinity);
    expect(other.series('gamma')[0].z).toBe(0);
  });

  it('refuses a quantity that the rule does not have', () => {
    expect(() => comparison.series('speed')).toThrow('`quantity` must be one of');
  });
});

describe('the overall test of a comparison', () => {
  it('is Hotelling’s, on all order parameters at three times spread over those after 0', () => {
    // Of indices 1 … 6: the middles of the first third and of the whole, and the end.
    const indices = [2, 4, 6];
    const rows = Array.from({ length: 12 }, (_, run) =>
      indices.flatMap((index) => rule.layout.names.map((name) => simulation.samples(name, index)[run])),
    );
    const expected = indices.flatMap((index) => rule.layout.names.map((name) => theory.series(name)[index]));
    const { pValue, statistic } = hotellingTest(rows, expected)!;
    // Two interpolations of one solution, of relative tolerance 1e-10.
    expect(comparison.overall!.pValue / pValue).toBeCloseTo(1, 7);
    expect(comparison.overall!.statistic / statistic).toBeCloseTo(1, 7);
    expect(comparison.overall!.components).toBe(9);
  });

  it('uses fewer times where there are fewer, and none where only time 0 was measured', () => {
    const [some, none] = [[0, 1], [0]].map(
      (few) => compareWithTheory(simulate({ ...options, times: few }), theory).overall,
    );
    expect(some!.components).toBe(3);
    expect(none).toBeUndefined();
  });

  it('is undefined for no more runs than components', () => {
    expect(compareWithTheory(simulate({ ...options, runs: 9 }), theory).overall).toBeUndefined();
  });
});

describe('a comparison', () => {
  it('states the size of the bias, 1/N', () => {
    expect(comparison.finiteSizeBias).toBe(1 / 20);
  });

  it('refuses the theory of another rule, and one that ends too early', () => {
    const plain = sgd({ activation: relu, learningRate: 0.5 });
    const other = solve({ rule: plain, initial: { overlap: 0.1, length: 0.8 }, times });
    expect(() => compareWithTheory(simulation, other as never)).toThrow(
      '`theory` must be of the rule weight-normalization; got "sgd"',
    );
    expect(() => compareWithTheory(simulation, solve({ rule, initial, until: 2 }))).toThrow(
      '`time` must be from 0 to 2, where the run is; got 3',
    );
  });
});
