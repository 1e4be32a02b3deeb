import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { requireRule, requireState, type OrderParameterSystem } from '../dynamics/system.js';
import { settlingIndices } from './family.js';

/** An eigenvalue of a real matrix. */
export interface Eigenvalue {
  readonly real: number;
  readonly imaginary: number;
}

/** The Jacobian of the settling order parameters at a state, the others held fixed; exact derivatives. */
export function settlingJacobian<Name extends string>(
  rule: OrderParameterSystem<Name>,
  state: Float64Array,
): number[][] {
  const size = rule.names.length;
  const full = new Float64Array(size * size);
  rule.jacobian(0, state, full);
  const { settling } = settlingIndices(rule);
  return settling.map((row) => settling.map((column) => full[row * size + column]!));
}

/** Eigenvalues of the settling Jacobian, the one with the largest real part first; units of 1/time. */
export function spectrum<Name extends string>(
  rule: OrderParameterSystem<Name>,
  state: Float64Array,
): Eigenvalue[] {
  requireState('state', state, requireRule('rule', rule));
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(
    new Matrix(settlingJacobian(rule, state)),
  );
  return realEigenvalues
    .map((real, i) => ({ real, imaginary: imaginaryEigenvalues[i]! }))
    .sort((a, b) => b.real - a.real || b.imaginary - a.imaginary);
}
