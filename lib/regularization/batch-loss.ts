import { integer, requireFinite } from '../foundation/checks.js';
import { requireOptions } from '../foundation/options.js';
import { gaussLegendre } from '../numerics/gauss-legendre.js';
import { averageOverFields } from '../gaussian/field-average.js';
import {
  completed,
  gammaDecayFromState,
  teacherStudentChecks,
  type CompleteModel,
  type TeacherStudent,
} from './decay-from-state.js';

/** The loss of a batch-normalized student three ways. */
export interface BatchLoss {
  /** Averaged over batch statistics that are independent of the samples, exactly. */
  readonly overBatchStatistics: number;
  /** Of population normalization. */
  readonly population: number;
  /** Of population normalization plus ζγ²: what Theorem 1 says of the first. */
  readonly withDecay: number;
}

const NODES = 96;
const STANDARD_DEVIATIONS = 10;

/** Average over s, √M s a χ variable with M − 1 degrees of freedom, by Gauss–Legendre on the bulk; the integrand smooth in s. */
function averageOverDeviation(batchSize: number, f: (s: number) => number): number {
  const { nodes, weights } = gaussLegendre(NODES);
  const width = STANDARD_DEVIATIONS / Math.sqrt(2 * batchSize);
  const low = Math.max(0, 1 - width);
  const half = (1 + width - low) / 2;
  let sum = 0;
  let norm = 0;
  nodes.forEach((node, i) => {
    const s = low + half * (1 + node);
    // The density s^(M−2) exp(−Ms²/2), relative to near its maximum so that nothing underflows.
    const weight = weights[i]! * Math.exp((batchSize - 2) * Math.log(s) - (batchSize * (s * s - 1)) / 2);
    sum += weight * f(s);
    norm += weight;
  });
  return sum / norm;
}

/** The loss of population normalization at (γ, R), averaged over fields and labels. */
function populationLoss(model: CompleteModel, gamma: number, overlap: number): number {
  const { activation, pair, likelihood, noiseVariance } = model;
  const { teacher, averages } = pair;
  if (likelihood.name === 'gaussian') {
    return 0.5 * (averages.generalizationError(gamma, Math.acos(overlap)) + noiseVariance);
  }
  const place = { activation, gamma, overlap, teacherKinks: teacher.kinks };
  const average = averageOverFields(place, 1, (u, v, out) => {
    out[0] = likelihood.loss(likelihood.mean(teacher.value(u)), activation.value(gamma * v));
  });
  return average[0]!;
}

/**
 * The loss that Theorem 1 speaks of, exactly: a Gaussian field normalized by the statistics of a batch it is no part of. Its
 * mean adds to the field, v − μ ~ N(0, 1 + 1/M), so that
 *
 *     E[ℓ] = E_s[ℓ_PN(γ√(1 + 1/M)/s, R/√(1 + 1/M))],  √M s ~ χ_(M−1).
 *
 * Theorem 1 agrees to order 1/M where γ minimizes the loss of population normalization and, for ReLU, R = 1; what it
 * leaves out elsewhere is listed at `GammaDecay`. The error is O(1/M²) for smooth activations and O(M^(−3/2)) for ReLU at
 * R = 1, where the kinks of teacher and student coincide.
 *
 * @param options model and γ; `batchSize` M ≥ 4: below, an unbounded output has infinite loss
 * @throws TypeError or RangeError, one line, naming an argument out of its domain
 * @example
 * const { overBatchStatistics, withDecay } = batchLoss({ activation: identity, batchSize: 1000, gamma: 1 });
 * Math.abs(overBatchStatistics - withDecay) < 1e-5; // true
 */
export function batchLoss(
  options: TeacherStudent & {
    /** γ, finite. */
    readonly gamma: number;
  },
): BatchLoss {
  requireOptions('options', options, {
    ...teacherStudentChecks,
    batchSize: integer(4),
    gamma: requireFinite,
  });
  const { gamma, batchSize } = options;
  const model = completed(options);
  const growth = Math.sqrt(1 + 1 / batchSize);
  const population = populationLoss(model, gamma, model.overlap);
  return {
    overBatchStatistics: averageOverDeviation(batchSize, (s) =>
      populationLoss(model, (gamma * growth) / s, model.overlap / growth),
    ),
    population,
    withDecay: population + gammaDecayFromState(options).gammaDecay * gamma * gamma,
  };
}
