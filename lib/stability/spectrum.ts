import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { requireRule, requireState, type OrderParameterSystem } from '../dynamics/system.js';
import { jacobianOf } from '../dynamics/differences.js';
import { settlingIndices } from './family.js';

/** An eigenvalue of a real matrix. */
export interface Eigenvalue {
  /** Real part, the rate at which its mode grows; units of 1/time for a Jacobian. */
  readonly real: number;
  /** Imaginary part, the angular frequency of its mode, in the same unit; 0 for a real eigenvalue. */
  readonly imaginary: number;
}

/** The Jacobian of the settling order parameters at a state, the others held fixed. */
export function settlingJacobian<Name extends string>(
  rule: OrderParameterSystem<Name>,
  state: Float64Array,
): number[][] {
  const size = rule.layout.names.length;
  const full = new Float64Array(size * size);
  jacobianOf(rule)(0, state, full);
  const { settling } = settlingIndices(rule);
  return settling.map((row) => settling.map((column) => full[row * size + column]!));
}

/**
 * Eigenvalues of the settling Jacobian, the one with the largest real part first; units of 1/time.
 *
 * @throws RangeError or TypeError for a bad argument, naming it
 * @example
 * const [slow, fast] = spectrum(sgd({ activation: identity, learningRate: 0.5 }), aligned);
 * slow.real; // −η = −0.5
 * fast.real; // η² − 2η = −0.75
 */
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

// Differences of fourth order: 1e-12 of the entries, and averages known to 1e-13 at worst over the step.
const RELATIVE_STEP = 1e-3;

/**
 * The greatest real part of the spectrum over the largest entry of the Jacobian, from differences of the right-hand side: for
 * the sign of it, where activations are averaged by quadrature and exact derivatives cost three times as much.
 */
export function relativeGrowth<Name extends string>(
  rule: OrderParameterSystem<Name>,
  state: Float64Array,
): number {
  const { settling } = settlingIndices(rule);
  const moved = state.slice();
  const slope = new Float64Array(state.length);
  const columns = settling.map((column) => {
    const step = RELATIVE_STEP * state[column]!;
    const at = (steps: number): number[] => {
      moved[column] = state[column]! + steps * step;
      rule.derivative(0, moved, slope);
      return settling.map((row) => slope[row]!);
    };
    const [left2, left, right, right2] = [at(-2), at(-1), at(1), at(2)] as const;
    moved[column] = state[column]!;
    return settling.map((_, i) => (8 * (right[i]! - left[i]!) - (right2[i]! - left2[i]!)) / (12 * step));
  });
  if (!columns.flat().every(Number.isFinite)) return NaN;
  const { realEigenvalues } = new EigenvalueDecomposition(new Matrix(columns));
  return Math.max(...realEigenvalues) / Math.max(...columns.flat().map(Math.abs));
}
