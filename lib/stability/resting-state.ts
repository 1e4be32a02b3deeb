import { studentPlaces } from '../dynamics/student.js';
import type { OrderParameterSystem } from '../dynamics/system.js';
import { spectrum, type Eigenvalue } from './spectrum.js';

/** A state of rest with its stability. */
export interface RestingState<Name extends string> {
  /** The order parameters by name, those that are held fixed included. */
  readonly orderParameters: Readonly<Record<Name, number>>;
  /** 1 − R without cancellation. */
  readonly misalignment: number;
  /** Eigenvalues of the Jacobian of the settling order parameters, largest real part first; units of 1/time. */
  readonly eigenvalues: readonly Eigenvalue[];
}

/** A state at which a rule rests, by name and with its spectrum. */
export function restingState<Name extends string>(
  rule: OrderParameterSystem<Name>,
  state: Float64Array,
): RestingState<Name> {
  return {
    orderParameters: rule.layout.read(state),
    misalignment: state[studentPlaces(rule).overlap]!,
    eigenvalues: spectrum(rule, state),
  };
}
