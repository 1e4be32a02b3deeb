import type { ActivationPair } from '../gaussian/activation.js';
import { sampleCovariance } from '../gaussian/sample-covariance.js';

/**
 * Writes D = T Σ Tᵀ/M row by row to `out`, n × n.
 *
 * @param transform T, n × 3, row by row
 */
export type StepCovariance = (gamma: number, phi: number, transform: Float64Array, out: Float64Array) => void;

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
    const rows = transform.length / 3;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k < 3; k++) {
          for (let l = 0; l < 3; l++) {
            sum += transform[3 * i + k]! * sample[3 * k + l]! * transform[3 * j + l]!;
          }
        }
        out[rows * i + j] = out[rows * j + i] = sum / batchSize;
      }
    }
  };
}
