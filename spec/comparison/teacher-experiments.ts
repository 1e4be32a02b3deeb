import type { OrderParameterSystem } from '../../lib/dynamics/system.js';
import { compareWithTheory } from '../../lib/comparison/theory-and-simulation.js';
import type { Engine } from '../../lib/simulation/engine.js';
import { simulate } from '../../lib/simulation/simulate.js';
import { solveFluctuations } from '../../lib/trajectory/solve-fluctuations.js';
import { solve } from '../../lib/trajectory/solve.js';

/** A rule with the start of its students. */
export type Setting = readonly [
  name: string,
  rule: OrderParameterSystem,
  initial: Readonly<Record<string, number>>,
];

/** Large enough that the bias 1/N is a small part of a standard error, as far as the engine allows. */
const dimensions: Record<Engine, number> = { explicit: 400, 'dimension-free': 4000 };

/** The overall p-values of 32 students against their equations, for each seed. */
export function pValuesOf([, rule, initial]: Setting, engine: Engine, seeds: readonly number[]): number[] {
  const times = [0.5, 1];
  const theory = solve({ rule, initial, times });
  return seeds.map((seed) => {
    const dimension = dimensions[engine];
    const simulation = simulate({ rule, initial, times, dimension, runs: 32, seed, engine });
    return compareWithTheory(simulation, theory).overall!.pValue;
  });
}

/** Standard deviations of 300 students over those expected, each known to 4.1 percent, 1/√(2 × 300). */
export function scatterRatios([, rule, initial]: Setting, seed: number): number[] {
  const times = [0.5, 1];
  const [dimension, runs] = [1000, 300];
  const theory = solveFluctuations({ rule, initial, times });
  const simulation = simulate({ rule, initial, times, dimension, runs, seed, engine: 'dimension-free' });
  return ['overlap', 'generalizationError'].flatMap((quantity) => {
    const expected = theory.deviation(quantity, dimension);
    return simulation
      .series(quantity)
      .map(({ standardError }, k) => (standardError * Math.sqrt(runs)) / expected[k]);
  });
}
