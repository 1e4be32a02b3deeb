import { equivalentNormalDeviate } from '../numerics/distributions.js';

/**
 * The deviation of a mean over runs from its theory as a normal deviate: Student's t with runs − 1 degrees of freedom, mapped
 * to the normal of equal tail. Where all runs agree to rounding any difference beyond rounding is infinitely significant.
 */
export function deviation(mean: number, standardError: number, theory: number, runs: number): number {
  const gap = mean - theory;
  const rounding = 1e-12 * (Math.abs(mean) + Math.abs(theory));
  if (standardError <= rounding) return Math.abs(gap) <= rounding ? 0 : Math.sign(gap) * Infinity;
  return equivalentNormalDeviate(gap / standardError, runs - 1);
}
