import type { ActivationPair } from '../gaussian/activation.js';
import { angleOfMisalignment } from '../gaussian/angle.js';
import { batchCovariance } from '../gaussian/batch/covariance-table.js';
import type { BatchCovariance } from '../gaussian/batch/sampled-covariance.js';
import type { BatchStatistics } from '../gaussian/batch/statistics.js';
import { sampleCovariance } from '../gaussian/sample-covariance.js';
import type { BatchNormalizedParameters } from './batch-normalized-step.js';
import type { Rates } from './normalized-system.js';
import { pairOf } from './parameters.js';
import type { StateFunction } from './system.js';

/**
 * Writes D = T Σ Tᵀ/M row by row to `out`, n × n.
 *
 * @param transform T, n × 3, row by row
 */
export type StepCovariance = (gamma: number, phi: number, transform: Float64Array, out: Float64Array) => void;

/** Writes scale·T Σ Tᵀ to `out`, n × n, for T n × 3 and Σ 3 × 3. */
function writeTransformed(
  transform: Float64Array,
  sigma: Float64Array,
  scale: number,
  out: Float64Array,
): void {
  const rows = transform.length / 3;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < 3; k++) {
        for (let l = 0; l < 3; l++) {
          sum += transform[3 * i + k]! * sigma[3 * k + l]! * transform[3 * j + l]!;
        }
      }
      out[rows * i + j] = out[rows * j + i] = scale * sum;
    }
  }
}

/**
 * The covariance of N times one step for rules whose samples act independently of each other (docs/theory/fluctuations.md).
 *
 * At leading order in 1/N a step moves the state by T⟨p⟩/N, ⟨ ⟩ the mean over the M samples of p = (δv, δ(u − Rv), δ²), and T a
 * matrix of the rule. So its covariance is that of one sample, Σ, over M. The length of what lies outside the plane of w and
 * w\* enters by its mean: χ²_{N−2}/N has variance 2/N, which adds O(1/N) to D.
 */
export function stepCovarianceOf(
  pair: ActivationPair,
  batchSize: number,
  noiseVariance: number,
): StepCovariance {
  const writeSample = sampleCovariance(pair, noiseVariance);
  const sample = new Float64Array(9);
  return (gamma, phi, transform, out) => {
    writeSample(gamma, phi, sample);
    writeTransformed(transform, sample, 1 / batchSize, out);
  };
}

// The largest power of 1/s in the square of ⟨δ̃²⟩/s² is 4.
const SMALLEST_BATCHES = { both: 6, mean: 2 } as const;

/**
 * D of the state (γ, r, L) for rules that normalize by their batch (docs/theory/fluctuations.md#batch-normalization): with x = ηγ/L² a step is
 * N dγ = η_γ(a − ζγ), N dr = −x b + ½ R x² c, N dL = ½ L x² c, a, b and c the numbers of a batch whose means are A, B and C.
 *
 * @returns undefined by the deviation alone, for which D is not known, and by both statistics for M < 6, for which it is infinite
 */
export function batchStepCovariance(
  statistics: BatchStatistics,
  parameters: BatchNormalizedParameters,
  { rate, gammaRate }: Rates,
): StateFunction | undefined {
  const { batchSize, noiseVariance } = parameters;
  if (statistics === 'deviation' || batchSize < SMALLEST_BATCHES[statistics]) return undefined;
  const entries = new Float64Array(6);
  const sigma = new Float64Array(9);
  const transform = new Float64Array(9);
  let write: BatchCovariance | undefined;
  return (time, state, out) => {
    write ??= batchCovariance(pairOf(parameters), batchSize, noiseVariance, statistics);
    const gamma = state[0]!;
    const length = state[2]!;
    write(gamma, angleOfMisalignment(state[1]!), entries);
    for (let i = 0, at = 0; i < 3; i++)
      for (let j = i; j < 3; j++, at++) sigma[3 * i + j] = sigma[3 * j + i] = entries[at]!;
    const effective = (rate(time) * gamma) / (length * length);
    transform[0] = gammaRate(time);
    transform[4] = -effective;
    transform[5] = 0.5 * (1 - state[1]!) * effective * effective;
    transform[8] = 0.5 * length * effective * effective;
    writeTransformed(transform, sigma, 1, out);
  };
}
