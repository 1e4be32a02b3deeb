import { pairAverageBy, type PairAverage } from './sphere-polynomials.js';

const NEGLIGIBLE = 1e-11;

/** In a batch of two x₂ = −x₁; `rule` is the same in a mirror. */
const mirrored: PairAverage = ({ nodes, weights }, values, _terms, ofMean = 1, along = 1) => {
  let total = 0;
  for (let j = 0, i = nodes.length - 1; i >= 0; i--, j++)
    total += weights[j]! * values[j]! * values[i]! * (ofMean - along * nodes[j]! * nodes[j]!);
  return total;
};

/**
 * E[(e + f x_ix_j) F(x_i)F(x_j)] over pairs of samples, x = (v − μ)/√(1 − 1/M), which are standard normal with correlation
 * −1/(M−1): Mehler's sum Σ_k f_k²(−1/(M−1))^k, f_k = E[F He_k/√k!].
 *
 * @param batchSize M ≥ 2
 */
export function normalPairAverage(batchSize: number, most: number, tapered: boolean): PairAverage {
  if (batchSize === 2) return mirrored;
  const correlation = -1 / (batchSize - 1);
  const count = Math.min(most, 1 + Math.ceil(Math.log(NEGLIGIBLE) / Math.log(-correlation)));
  return pairAverageBy(
    {
      recurrence: Float64Array.from({ length: most + 1 }, (_, k) => Math.sqrt(k)),
      pairValues: Float64Array.from({ length: count }, (_, k) => correlation ** k),
    },
    most,
    tapered,
  );
}
