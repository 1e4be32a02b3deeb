import type { ActivationPair } from './activation.js';
import { quadratureSecondMoments } from './quadrature-second-moments.js';
import type { SecondMoments } from './second-moments.js';
import { twoSlopeSecondMoments } from './two-slope-second-moments.js';

/**
 * Writes the covariance matrix of p = (δv, δ(u − Rv), δ²) over one sample to out[0…8], row by row. These three are all
 * that a step without batch statistics sees of a sample.
 *
 * The noise ξ is normal of variance S. The covariance is free of cancellation: an average of p is at most as large as its
 * standard deviation, up to a factor.
 *
 * @param noiseVariance S ≥ 0
 */
export function sampleCovariance(
  { student, teacher, averages }: ActivationPair,
  noiseVariance: number,
): (gamma: number, phi: number, out: Float64Array) => void {
  const write: SecondMoments =
    student.slopes && teacher.slopes
      ? twoSlopeSecondMoments(student.slopes, teacher.slopes, noiseVariance)
      : quadratureSecondMoments(student, teacher, noiseVariance);
  const first = new Float64Array(4);
  const second = new Float64Array(6);
  return (gamma, phi, out) => {
    write(gamma, phi, second);
    averages.write(gamma, phi, first);
    first[2] = first[2]! + noiseVariance * first[3]!;
    for (let i = 0, k = 0; i < 3; i++) {
      for (let j = i; j < 3; j++, k++) {
        out[3 * i + j] = out[3 * j + i] = second[k]! - first[i]! * first[j]!;
      }
    }
  };
}
