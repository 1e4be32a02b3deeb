import { typeError } from '../foundation/checks.js';
import type { Observables, OrderParameterSystem } from './system.js';

/** What can be read off a trajectory besides the order parameters themselves. */
export type DerivedQuantity =
  'oneMinusOverlap' | 'generalizationError' | 'effectiveLearningRate' | 'reducedLearningRate';

/** An order parameter of the rule, or something derived from them. */
export type Quantity<Name extends string> = Name | DerivedQuantity;

/** The components of a quantity's gradient by the state, written to `out`. */
export type Gradient = (time: number, state: ArrayLike<number>, out: Float64Array) => void;

/** Derivative of a named order parameter by its component of the state, which keeps 1 − R for R. */
function slopeOf(name: string): number {
  return name === 'overlap' ? -1 : 1;
}

/**
 * The gradient of a quantity by the internal state.
 *
 * @throws TypeError when the rule has no such quantity
 */
export function gradientOf<Name extends string>(
  rule: OrderParameterSystem<Name>,
  quantity: Quantity<Name>,
): Gradient {
  quantityOf(rule, quantity);
  if (quantity in rule.observableGradients) return rule.observableGradients[quantity as keyof Observables];
  const ofOverlap = quantity === 'oneMinusOverlap';
  const index = rule.names.indexOf((ofOverlap ? 'overlap' : quantity) as Name);
  const slope = ofOverlap ? 1 : slopeOf(quantity);
  return (_time, _state, out) => {
    out.fill(0);
    out[index] = slope;
  };
}

/**
 * A quantity as a function of time and internal state.
 *
 * @throws TypeError when the rule has no such quantity
 */
export function quantityOf<Name extends string>(
  rule: OrderParameterSystem<Name>,
  quantity: Quantity<Name>,
): (time: number, state: ArrayLike<number>) => number {
  switch (quantity) {
    case 'oneMinusOverlap':
      return (_time, state) => rule.misalignment(state);
    case 'generalizationError':
      return (_time, state) => rule.observables.generalizationError(state);
    case 'effectiveLearningRate':
      return (time, state) => rule.observables.effectiveLearningRate(time, state);
    case 'reducedLearningRate':
      return (time, state) => rule.observables.reducedLearningRate(time, state);
    default:
      if (!rule.names.includes(quantity)) {
        const allowed = [...rule.names, 'oneMinusOverlap', ...Object.keys(rule.observables)];
        throw typeError('quantity', `one of ${allowed.join(', ')}`, quantity);
      }
      return (_time, state) => rule.orderParameters(state)[quantity];
  }
}
