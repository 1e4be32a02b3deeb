import { batchDeviation } from '../../lib/dynamics/rules/batch-deviation.js';
import { batchMean } from '../../lib/dynamics/rules/batch-mean.js';
import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import type { OrderParameterSystem } from '../../lib/dynamics/system.js';
import { populationNormalization } from '../../lib/dynamics/rules/population-normalization.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { compareWithTheory, type TheoryComparison } from '../../lib/comparison/theory-and-simulation.js';
import { simulate, type Simulation } from '../../lib/simulation/simulate.js';
import { solve } from '../../lib/trajectory/solve.js';
import type { Quantity } from '../../lib/dynamics/quantity.js';

/** What the rules here have in common. */
export interface Setting {
  learningRate: number;
  batchSize: number;
  noiseVariance: number;
}

/** A rule to be simulated at N = 500 and compared with its equations. */
export interface Experiment {
  name: string;
  setting: Setting;
  rule: (setting: Setting) => OrderParameterSystem;
  initial: Record<string, number>;
  until: number;
}

const plainStart = { overlap: 0.1, length: 0.6 };
const normalizedStart = { gamma: 0.5, overlap: 0.1, length: 0.8 };

export const singleSample: Experiment[] = [
  {
    name: 'SGD, identity',
    setting: { learningRate: 0.7, batchSize: 1, noiseVariance: 0.1 },
    rule: (setting) => sgd({ activation: identity, ...setting }),
    initial: plainStart,
    until: 3,
  },
  {
    name: 'SGD, relu',
    setting: { learningRate: 0.8, batchSize: 1, noiseVariance: 0.05 },
    rule: (setting) => sgd({ activation: relu, ...setting }),
    initial: plainStart,
    until: 4,
  },
  {
    name: 'SGD, erf',
    setting: { learningRate: 1, batchSize: 1, noiseVariance: 0.1 },
    rule: (setting) => sgd({ activation: erf, ...setting }),
    initial: plainStart,
    until: 4,
  },
  {
    name: 'weight normalization, relu, ζ = 0.2',
    setting: { learningRate: 0.6, batchSize: 1, noiseVariance: 0.05 },
    rule: (setting) => weightNormalization({ activation: relu, gammaDecay: 0.2, ...setting }),
    initial: normalizedStart,
    until: 4,
  },
  {
    name: 'population normalization, relu, ζ = 0.1, slow γ',
    setting: { learningRate: 0.6, batchSize: 1, noiseVariance: 0.1 },
    rule: (setting) =>
      populationNormalization({ activation: relu, gammaDecay: 0.1, gammaLearningRate: 0.2, ...setting }),
    initial: normalizedStart,
    until: 4,
  },
];

// A batch brings a bias of its own: the square of the mean gradient, which the limit N → ∞ drops, is
// ((M−1)/N) E[δ(u−Rv)]²/((1−R²)E[δ²]) of the gradient noise, M/N far from the teacher, when the noise of 64 runs averages
// to less. So batches start close to the teacher and have noisy labels, where that ratio is below a standard error or two.
export const batches: Experiment[] = [
  {
    name: 'weight normalization, identity, M = 4, γ at its own rate',
    setting: { learningRate: 1, batchSize: 4, noiseVariance: 0.5 },
    rule: (setting) => weightNormalization({ activation: identity, gammaLearningRate: 0.3, ...setting }),
    initial: { gamma: 0.7, overlap: 0.7, length: 1 },
    until: 1.5,
  },
  {
    name: 'batch normalization, identity, M = 8',
    setting: { learningRate: 2, batchSize: 8, noiseVariance: 1 },
    rule: (setting) => batchNormalization({ activation: identity, gammaLearningRate: 0.7, ...setting }),
    initial: { gamma: 0.7, overlap: 0.9, length: 1 },
    until: 1.5,
  },
  {
    name: 'batch normalization, relu, M = 8',
    setting: { learningRate: 2, batchSize: 8, noiseVariance: 1 },
    rule: (setting) => batchNormalization({ activation: relu, gammaLearningRate: 0.7, ...setting }),
    initial: { gamma: 0.7, overlap: 0.9, length: 1 },
    until: 1.5,
  },
  {
    name: 'batch normalization, identity, M = 32',
    setting: { learningRate: 3, batchSize: 32, noiseVariance: 1 },
    rule: (setting) => batchNormalization({ activation: identity, ...setting }),
    initial: { gamma: 0.8, overlap: 0.97, length: 1 },
    until: 0.4,
  },
  {
    name: 'batch normalization, identity, M = 16',
    setting: { learningRate: 2.5, batchSize: 16, noiseVariance: 1 },
    rule: (setting) => batchNormalization({ activation: identity, ...setting }),
    initial: { gamma: 0.8, overlap: 0.95, length: 1 },
    until: 0.5,
  },
  {
    name: 'batch normalization, relu, M = 32',
    setting: { learningRate: 3, batchSize: 32, noiseVariance: 1 },
    rule: (setting) => batchNormalization({ activation: relu, ...setting }),
    initial: { gamma: 0.8, overlap: 0.97, length: 1 },
    until: 0.3,
  },
  {
    name: 'batch normalization, erf, M = 8',
    setting: { learningRate: 2, batchSize: 8, noiseVariance: 1 },
    rule: (setting) => batchNormalization({ activation: erf, gammaLearningRate: 0.7, ...setting }),
    initial: { gamma: 0.7, overlap: 0.9, length: 1 },
    until: 1,
  },
];

export const oneStatistic: Experiment[] = [
  {
    name: 'normalization by the deviation of the batch, relu, M = 16, ζ = 0.2',
    setting: { learningRate: 2.5, batchSize: 16, noiseVariance: 1 },
    rule: (setting) => batchDeviation({ activation: relu, gammaDecay: 0.2, ...setting }),
    initial: { gamma: 0.7, overlap: 0.95, length: 1 },
    until: 0.16,
  },
  {
    name: 'normalization by the mean of the batch, relu, M = 8, ζ = 0.2',
    setting: { learningRate: 2, batchSize: 8, noiseVariance: 1 },
    rule: (setting) => batchMean({ activation: relu, gammaDecay: 0.2, ...setting }),
    initial: { gamma: 0.7, overlap: 0.9, length: 1 },
    until: 0.32,
  },
];

export const otherStatistics: Experiment[] = [
  {
    name: 'batch normalization, relu, M = 8, ζ = 0.3',
    setting: { learningRate: 2, batchSize: 8, noiseVariance: 1 },
    rule: (setting) => batchNormalization({ activation: relu, gammaDecay: 0.3, ...setting }),
    initial: { gamma: 0.7, overlap: 0.9, length: 1 },
    until: 1.5,
  },
  {
    name: 'normalization by the deviation of the batch, identity, M = 24',
    setting: { learningRate: 3, batchSize: 24, noiseVariance: 1 },
    rule: (setting) => batchDeviation({ activation: identity, ...setting }),
    initial: { gamma: 0.8, overlap: 0.97, length: 1 },
    until: 0.4,
  },
  {
    name: 'normalization by the mean of the batch, erf, M = 4',
    setting: { learningRate: 1.5, batchSize: 4, noiseVariance: 1 },
    rule: (setting) => batchMean({ activation: erf, ...setting }),
    initial: { gamma: 0.7, overlap: 0.8, length: 1 },
    until: 1.5,
  },
];

export const DIMENSION = 500;
export const RUNS = 64;
const TIMES = 20;

/** An experiment's measurement. */
export function measure({ rule, setting, initial, until }: Experiment, seed: number): Simulation<string> {
  const times = Array.from({ length: TIMES }, (_, k) => (until * (k + 1)) / TIMES);
  return simulate({ rule: rule(setting), initial, times, dimension: DIMENSION, runs: RUNS, seed });
}

/** A measurement beside a theory: that of the experiment, or a wrong one. */
export function compared(
  simulation: Simulation<string>,
  { rule, setting, initial }: Experiment,
  theory = rule(setting),
): TheoryComparison<string> {
  return compareWithTheory(simulation, solve({ rule: theory, initial, times: simulation.times }));
}

/**
 * The experiment's equations with parts of the motion of w multiplied: `pull`, which is proportional to η, in dr/dt, and
 * `noise`, proportional to η², in dr/dt and dL/dt. Two learning rates tell the parts apart.
 */
function reweighted({ rule, setting }: Experiment, pull: number, noise: number): OrderParameterSystem {
  const right = rule(setting);
  const faster = rule({ ...setting, learningRate: 2 * setting.learningRate });
  const [overlap, length] = ['overlap', 'length'].map((name) => right.layout.names.indexOf(name));
  const twice = new Float64Array(right.layout.names.length);
  return {
    ...right,
    derivative(time, state, out) {
      right.derivative(time, state, out);
      faster.derivative(time, state, twice);
      for (const index of [overlap, length]) {
        const power = twice[index] / 2 - out[index];
        const drift = out[index] - power;
        out[index] = (index === overlap ? pull : 1) * drift + noise * power;
      }
    },
  };
}

/** Theories with one thing wrong, all of which a comparison has to reject. */
export const wrongTheories: { wrong: string; theory: (experiment: Experiment) => OrderParameterSystem }[] = [
  {
    wrong: 'label noise left out',
    theory: ({ rule, setting }: Experiment): OrderParameterSystem => rule({ ...setting, noiseVariance: 0 }),
  },
  {
    wrong: 'the noise term doubled',
    theory: (experiment: Experiment): OrderParameterSystem => reweighted(experiment, 1, 2),
  },
  {
    wrong: 'the pull towards the teacher doubled',
    theory: (experiment: Experiment): OrderParameterSystem => reweighted(experiment, 2, 1),
  },
];

/** The largest |z| over times of all order parameters and the generalization error. */
export function largestDeviation(comparison: TheoryComparison<string>, experiment: Experiment): number {
  const quantities: Quantity<string>[] = [...Object.keys(experiment.initial), 'generalizationError'];
  const deviations = quantities.flatMap((quantity) =>
    comparison.series(quantity).map(({ z }) => Math.abs(z)),
  );
  return Math.max(...deviations);
}
