import { typeError } from '../foundation/checks.js';
import type { OrderParameterSystem } from '../dynamics/system.js';

/** What can be read off a trajectory besides the order parameters themselves. */
export type DerivedQuantity =
  'oneMinusOverlap' | 'generalizationError' | 'effectiveLearningRate' | 'reducedLearningRate';

/** An order parameter of the rule, or something derived from them. */
export type Quantity<Name extends string> = Name | DerivedQuantity;

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
