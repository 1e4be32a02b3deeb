import { batchAverages } from '../../lib/gaussian/batch/averages.js';

const out = new Float64Array(4);

/** A, B, C of batch normalization, put together from the coefficients in γ. */
export function averagesOf(
  a: number,
  b: number,
  m: number,
  gamma: number,
  overlap: number,
  noise: number,
): number[] {
  const averages = batchAverages(a, b, m);
  averages.write(Math.acos(overlap), out);
  return [
    out[0] - averages.gammaCoefficient * gamma,
    (1 - overlap * overlap) * out[1],
    out[2] + gamma * (out[3] + gamma * averages.squaredGamma) + averages.noise * noise,
  ];
}
