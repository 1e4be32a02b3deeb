import { Matrix } from 'ml-matrix';
import type { QuadratureRule } from './quadrature-rule.js';
import { ruleOfJacobiMatrix } from './gauss-rule.js';

/**
 * The n-point Gauss rule for the weight w^α (1 − w)^β on [0, 1], normalized to total weight 1; exact for polynomials of
 * degree 2n − 1.
 *
 * @param alpha exponent at 0, > −1
 * @param beta exponent at 1, > −1
 */
export function gaussJacobi(n: number, alpha: number, beta: number): QuadratureRule {
  const sum = alpha + beta;
  const matrix = Matrix.zeros(n, n);
  for (let k = 0; k < n; k++) {
    // Recurrence of the Jacobi polynomials on [−1, 1] with exponents β at 1 and α at −1, mapped to [0, 1].
    const double = 2 * k + sum;
    const centre =
      k === 0 ? (alpha - beta) / (sum + 2) : (alpha * alpha - beta * beta) / (double * (double + 2));
    matrix.set(k, k, (1 + centre) / 2);
    if (k + 1 === n) continue;
    const j = k + 1;
    const next = 2 * j + sum;
    const square =
      j === 1
        ? (4 * (1 + alpha) * (1 + beta)) / ((sum + 2) ** 2 * (sum + 3))
        : (4 * j * (j + alpha) * (j + beta) * (j + sum)) / (next * next * (next + 1) * (next - 1));
    matrix.set(k, j, Math.sqrt(square) / 2);
    matrix.set(j, k, Math.sqrt(square) / 2);
  }
  return ruleOfJacobiMatrix(matrix);
}
