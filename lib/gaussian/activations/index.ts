import { isArgumentError, rangeError } from '../../foundation/checks.js';
import type { Activation } from '../activation.js';
import { expressionActivation } from './custom.js';
import { erf } from './erf.js';
import { identity } from './identity.js';
import { leakyRelu } from './leaky-relu.js';
import { relu } from './relu.js';
import { softplus } from './softplus.js';

const named: Readonly<Record<string, Activation>> = {
  identity,
  relu,
  'leaky-relu': leakyRelu(),
  erf,
  softplus,
};

/** The names of all activations that have one. */
export const activationNames: readonly string[] = Object.keys(named);

/**
 * An activation by name (identity, relu, leaky-relu, leaky-relu(SLOPE), erf, softplus) or by an expression in z.
 *
 * @throws (as a rejection) RangeError or TypeError, one line, when it is neither
 */
export async function activationOf(text: string): Promise<Activation> {
  const known = Object.hasOwn(named, text) ? named[text] : undefined;
  if (known) return known;
  const slope = /^leaky-relu\(([^()]+)\)$/.exec(text)?.[1];
  if (slope !== undefined) return leakyRelu(Number(slope));
  try {
    return await expressionActivation(text);
  } catch (error) {
    // Someone who mistypes a name needs the names more than the grammar.
    if (!isArgumentError(error) || !/^[\w-]*$/.test(text)) throw error;
    throw rangeError('activation', `${activationNames.join(', ')}, or an expression in z`, text);
  }
}
