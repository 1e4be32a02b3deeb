import { rangeError } from '../foundation/checks.js';
import { jacobianOf } from '../dynamics/differences.js';
import type { OrderParameterSystem } from '../dynamics/system.js';
import type { OdeProblem } from '../ode/problem.js';

/** Entries of a symmetric matrix on and above its diagonal. */
export function triangleSize(size: number): number {
  return (size * (size + 1)) / 2;
}

/** Writes the symmetric matrix whose upper triangle stands row by row in `state` after its first `size` entries. */
export function unpackCovariance(state: ArrayLike<number>, size: number, out: Float64Array): void {
  for (let i = 0, k = size; i < size; i++) {
    for (let j = i; j < size; j++, k++) out[size * i + j] = out[size * j + i] = state[k]!;
  }
}

/**
 * The order parameters together with N times their covariance, dC/dt = JC + CJᵀ + D, C = 0 at the start: n and n(n + 1)/2
 * equations in one. The order parameters do not feel the others.
 *
 * @throws RangeError for a rule that does not know the covariance of its step
 */
export function covarianceProblem(rule: OrderParameterSystem, problem: OdeProblem): OdeProblem {
  const { stepCovariance } = rule;
  if (stepCovariance === undefined) {
    const allowed =
      'one that knows the covariance of its step, such as sgd, weight-normalization or batch-normalization with batchSize >= 6';
    throw rangeError('rule', allowed, rule.rule);
  }
  const size = rule.layout.names.length;
  const writeJacobian = jacobianOf(rule);
  const jacobian = new Float64Array(size * size);
  const noise = new Float64Array(size * size);
  const covariance = new Float64Array(size * size);
  const initial = new Float64Array(size + triangleSize(size));
  initial.set(problem.initial);

  function derivative(time: number, state: ArrayLike<number>, out: Float64Array): void {
    rule.derivative(time, state, out);
    writeJacobian(time, state, jacobian);
    stepCovariance!(time, state, noise);
    unpackCovariance(state, size, covariance);
    for (let i = 0, k = size; i < size; i++) {
      for (let j = i; j < size; j++, k++) {
        let sum = noise[size * i + j]!;
        for (let l = 0; l < size; l++) {
          sum += jacobian[size * i + l]! * covariance[size * l + j]!;
          sum += jacobian[size * j + l]! * covariance[size * l + i]!;
        }
        out[k] = sum;
      }
    }
  }

  return { ...problem, derivative, initial };
}
