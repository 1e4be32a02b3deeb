import { typeError } from '../foundation/checks.js';
import { gradientByDifferences } from './differences.js';
import { type Gradient, type Observable, type OrderParameterSystem } from './system.js';

/** Quantities besides the order parameters that all rules of this package have, in the order of their columns. */
export const derivedQuantities = [
  'generalizationError',
  'effectiveLearningRate',
  'reducedLearningRate',
  'misalignment',
] as const;

/** A quantity that all rules of this package have. */
export type DerivedQuantity = (typeof derivedQuantities)[number];

/** An order parameter of a rule, `misalignment` (1 − R without cancellation), or an observable that the rule declares. */
export type Quantity<Name extends string> = Name | DerivedQuantity | (string & Record<never, never>);

/** The names of all quantities of a rule. */
export function quantityNames<Name extends string>({
  layout,
  observables,
}: OrderParameterSystem<Name>): string[] {
  const derived = layout.names.some((name) => (name as string) === 'overlap') ? ['misalignment'] : [];
  return [...new Set([...layout.names, ...derived, ...Object.keys(observables)])];
}

/** Where a quantity stands in the state: its place, and whether it is 1 less what stands there. */
function entryOf<Name extends string>(
  { layout: { names, kinds } }: OrderParameterSystem<Name>,
  quantity: string,
): { index: number; isComplement: boolean } | undefined {
  const index = (names as readonly string[]).indexOf(quantity === 'misalignment' ? 'overlap' : quantity);
  if (index < 0) return undefined;
  return { index, isComplement: kinds[index] === 'overlap' && quantity !== 'misalignment' };
}

/**
 * A quantity as a function of time and internal state.
 *
 * @throws TypeError when the rule has no such quantity
 */
export function quantityOf<Name extends string>(
  rule: OrderParameterSystem<Name>,
  quantity: Quantity<Name>,
): Observable {
  if (typeof quantity === 'string' && Object.hasOwn(rule.observables, quantity))
    return rule.observables[quantity]!;
  const entry = entryOf(rule, quantity);
  if (!entry) throw typeError('quantity', `one of ${quantityNames(rule).join(', ')}`, quantity);
  const { index, isComplement } = entry;
  return isComplement ? (_time, state) => 1 - state[index]! : (_time, state) => state[index]!;
}

/**
 * The gradient of a quantity by the internal state: exact where the rule knows it, else by differences.
 *
 * @throws TypeError when the rule has no such quantity
 */
export function gradientOf<Name extends string>(
  rule: OrderParameterSystem<Name>,
  quantity: Quantity<Name>,
): Gradient {
  const value = quantityOf(rule, quantity);
  const gradients = rule.observableGradients ?? {};
  if (Object.hasOwn(gradients, quantity)) return gradients[quantity]!;
  const entry = Object.hasOwn(rule.observables, quantity) ? undefined : entryOf(rule, quantity);
  if (!entry) return gradientByDifferences(rule.layout, value);
  return (_time, _state, out) => {
    out.fill(0);
    out[entry.index] = entry.isComplement ? -1 : 1;
  };
}
