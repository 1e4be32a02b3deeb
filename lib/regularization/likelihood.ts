import { oneOf, requireFinite, requireFunction, typeError } from '../foundation/checks.js';

/**
 * How a label t is distributed given the student's output o = g(z), z = γh̄ the pre-activation: an exponential family in
 * its natural parameter, so that ∂ℓ/∂o = E[t|o] − t and ∂²ℓ/∂o² = Var(t|o) for the loss ℓ = −log p(t|o).
 *
 * The curvature of the loss in the pre-activation is ∂²ℓ/∂z² = Var(t|o) g′(z)² − (t − E[t|o]) g″(z). Averaged over the
 * model's own labels the second term is gone, and Var(t|o) g′(z)² is what Theorem 1's ζ is made of.
 */
export interface Likelihood {
  /** `gaussian` for labels that are real numbers, `bernoulli` for labels 0 and 1. */
  readonly name: 'gaussian' | 'bernoulli';
  /** E[t|o]. */
  readonly mean: (output: number) => number;
  /** Var(t|o). */
  readonly variance: (output: number) => number;
  /** −log p(t|o), up to a constant. */
  readonly loss: (label: number, output: number) => number;
}

const requireName = oneOf(['gaussian', 'bernoulli']);

/** A likelihood: one of the two below, or an object of the same make. */
export function requireLikelihood(name: string, value: unknown): Likelihood {
  const given = value as Partial<Record<string, unknown>> | null | undefined;
  if (typeof given !== 'object' || typeof given?.['name'] !== 'string')
    throw typeError(name, 'a Likelihood such as gaussianLikelihood or bernoulliLikelihood', value);
  requireName(`${name}.name`, given['name']);
  for (const part of ['mean', 'variance', 'loss']) {
    const f = requireFunction(`${name}.${part}`, given[part]) as (...at: number[]) => unknown;
    requireFinite(`${name}.${part}(1, 1)`, f(1, 1));
  }
  return value as Likelihood;
}

/** The logistic function sig(x) = 1/(1 + exp(−x)), without overflow. */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const power = Math.exp(x);
  return power / (1 + power);
}

/**
 * Gaussian labels of unit variance: the squared loss ½(t − o)².
 *
 * @example
 * gaussianLikelihood.loss(1, 0); // 0.5
 */
export const gaussianLikelihood: Likelihood = {
  name: 'gaussian',
  mean: (output) => output,
  variance: () => 1,
  loss: (label, output) => 0.5 * (label - output) ** 2,
};

/**
 * Labels 0 and 1 with P(t = 1) = sig(o): the logistic loss log(1 + exp o) − t o.
 *
 * @example
 * bernoulliLikelihood.loss(1, 0); // log 2 = 0.693147
 */
export const bernoulliLikelihood: Likelihood = {
  name: 'bernoulli',
  mean: logistic,
  variance: (output) => logistic(output) * logistic(-output),
  loss: (label, output) => Math.max(output, 0) - label * output + Math.log1p(Math.exp(-Math.abs(output))),
};
