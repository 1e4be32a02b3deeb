import { activationPair } from '../../lib/gaussian/activations/pair.js';
import { stepCovarianceOf } from '../../lib/dynamics/step-covariance.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import type { OrderParameterSystem } from '../../lib/dynamics/system.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import type { Activation } from '../../lib/gaussian/activation.js';
import { angleOfMisalignment } from '../../lib/gaussian/angle.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { simulate, type Simulation } from '../../lib/simulation/simulate.js';
import { solveFluctuations } from '../../lib/trajectory/solve-fluctuations.js';

/** A learning rule and where it starts. */
export interface Experiment {
  readonly name: string;
  readonly activation: Activation;
  readonly batchSize: number;
  readonly rule: OrderParameterSystem;
  readonly initial: Record<string, number>;
}

export interface Ensemble {
  readonly dimension: number;
  readonly runs: number;
  readonly seed: number;
}

export const TIMES = [0.5, 3];
const NOISE = 0.2;
const GAMMA_RATE = 0.5;

// Rates at which the power of the noise, η²⟨δ²⟩, fluctuates as visibly as the pull.
function rateAt(batchSize: number): number {
  return batchSize === 1 ? 0.8 : 3;
}

function experimentsWith(activation: Activation, batchSize: number): Experiment[] {
  const common = { activation, batchSize, learningRate: rateAt(batchSize), noiseVariance: NOISE };
  const ending = `${activation.name}, M = ${batchSize}`;
  return [
    {
      name: `SGD, ${ending}`,
      activation,
      batchSize,
      rule: sgd(common),
      initial: { overlap: 0.2, length: 0.8 },
    },
    {
      name: `weight normalization, ${ending}`,
      activation,
      batchSize,
      rule: weightNormalization({ ...common, gammaLearningRate: GAMMA_RATE, gammaDecay: 0.1 }),
      initial: { gamma: 0.6, overlap: 0.2, length: 1.2 },
    },
  ];
}

export const experiments: Experiment[] = [identity, relu].flatMap((activation) =>
  [1, 4].flatMap((batchSize) => experimentsWith(activation, batchSize)),
);

/** The runs of an experiment. */
export function measure({ rule, initial }: Experiment, ensemble: Ensemble): Simulation<string> {
  return simulate({ rule, initial, times: TIMES, engine: 'dimension-free', ...ensemble });
}

/** N times the sample covariance of the order parameters, row by row. */
export function measuredCovariance(simulation: Simulation<string>, timeIndex: number): number[][] {
  const { rule, dimension, runs } = simulation;
  const deviations = rule.layout.names.map((name) => {
    const values = simulation.samples(name, timeIndex);
    const mean = values.reduce((sum, value) => sum + value, 0) / runs;
    return values.map((value) => value - mean);
  });
  return deviations.map((a) =>
    deviations.map((b) => (dimension * a.reduce((sum, value, k) => sum + value * b[k], 0)) / (runs - 1)),
  );
}

/** Cholesky factor L of a positive definite matrix, C = LLᵀ. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const factor: number[][] = matrix.map((row) => row.map(() => 0));
  matrix.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      let rest = row[j];
      for (let k = 0; k < j; k++) rest -= factor[i][k] * factor[j][k];
      factor[i][j] = i === j ? Math.sqrt(rest) : rest / factor[j][j];
    }
  });
  return factor;
}

/** L⁻¹S L⁻ᵀ for a lower triangular L: the measured covariance in units of the theory. */
function whitened(factor: readonly number[][], measured: readonly (readonly number[])[]): number[][] {
  const solve = (column: readonly number[]): number[] => {
    const x: number[] = [];
    column.forEach((value, i) => {
      let rest = value;
      for (let k = 0; k < i; k++) rest -= factor[i][k] * x[k];
      x.push(rest / factor[i][i]);
    });
    return x;
  };
  const half = measured.map(solve); // rows of S L⁻ᵀ
  const columns = half[0].map((_, j) => solve(half.map((row) => row[j])));
  return columns[0].map((_, i) => columns.map((column) => column[i]));
}

/**
 * The likelihood ratio of a sample covariance S against a given one, C: ν(tr C⁻¹S − ln det C⁻¹S − p) with ν degrees of freedom. For
 * normal samples it is χ² with p(p + 1)/2 degrees of freedom up to 1/ν (Anderson, An Introduction to Multivariate Statistical
 * Analysis, section 10.8). It looks at all variances and correlations at once. Infinity where C is not positive definite.
 */
export function disagreement(
  measured: readonly (readonly number[])[],
  theory: readonly (readonly number[])[],
  degrees: number,
): number {
  const ratio = whitened(cholesky(theory), measured);
  if (!ratio.flat().every(Number.isFinite)) return Infinity;
  const root = cholesky(ratio);
  let sum = 0;
  root.forEach((row, i) => (sum += ratio[i][i] - 2 * Math.log(row[i]) - 1));
  return degrees * sum;
}

/** D with its entries changed. */
function changed(
  { rule }: Experiment,
  change: (value: number, row: number, column: number) => number,
): OrderParameterSystem {
  const size = rule.layout.names.length;
  return {
    ...rule,
    stepCovariance(time, state, out) {
      rule.stepCovariance!(time, state, out);
      out.forEach((value, k) => (out[k] = change(value, Math.floor(k / size), k % size)));
    },
  };
}

/** D of the pull alone, the squared length of a step taken by its mean. */
function withoutPower({ rule, activation, batchSize }: Experiment): OrderParameterSystem {
  const write = stepCovarianceOf(activationPair(activation), batchSize, NOISE);
  const eta = rateAt(batchSize);
  return {
    ...rule,
    stepCovariance(_time, state, out) {
      if (rule.rule === 'sgd') {
        const [r, length] = Array.from(state);
        write(length, angleOfMisalignment(r), Float64Array.of(0, -eta / length, 0, eta, 0, 0), out);
        return;
      }
      const [gamma, r, length] = Array.from(state);
      const effective = (eta * gamma) / length ** 2;
      const transform = Float64Array.of(GAMMA_RATE, 0, 0, 0, -effective, 0, 0, 0, 0);
      write(gamma, angleOfMisalignment(r), transform, out);
    },
  };
}

/** Theories with a mistake in them. */
export const wrongTheories: { wrong: string; theory: (right: Experiment) => OrderParameterSystem }[] = [
  { wrong: 'D doubled', theory: (right) => changed(right, (value) => 2 * value) },
  { wrong: 'no covariances in D', theory: (right) => changed(right, (value, i, j) => (i === j ? value : 0)) },
  { wrong: 'no fluctuations of ‖c‖² in D', theory: withoutPower },
  {
    wrong: 'no Jacobian',
    theory: ({ rule }) => ({ ...rule, jacobian: (_time, _state, out) => void out.fill(0) }),
  },
];

/** The predicted covariances at the times of the experiments, by `rule`, which may differ from the one simulated. */
export function predictedCovariances(
  rule: OrderParameterSystem,
  initial: Record<string, number>,
): number[][][] {
  const theory = solveFluctuations({ rule, initial, times: TIMES });
  return TIMES.map((time) => {
    const covariance = theory.covariance(time);
    return rule.layout.names.map((row) => rule.layout.names.map((column) => covariance[row][column]));
  });
}

/** Largest disagreement over the times. */
export function worstDisagreement(simulation: Simulation<string>, predicted: readonly number[][][]): number {
  return Math.max(
    ...predicted.map((theory, k) =>
      disagreement(measuredCovariance(simulation, k), theory, simulation.runs - 1),
    ),
  );
}

/** (s²/σ²) of `runs` normal numbers as a standard normal deviate (Wilson and Hilferty). */
export function varianceDeviate(ratio: number, runs: number): number {
  const spread = 2 / (9 * (runs - 1));
  return (Math.cbrt(ratio) - 1 + spread) / Math.sqrt(spread);
}
