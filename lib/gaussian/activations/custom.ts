import {
  listOf,
  rangeError,
  requireAnyNumber,
  requireFinite,
  requireFunction,
  requireIncreasing,
  requireString,
  type AnyFunction,
} from '../../foundation/checks.js';
import { optional, requireOptions, type OptionChecks } from '../../foundation/options.js';
import { parseExpression } from '../../expression/parse-expression.js';
import type { Activation, ActivationFunction } from '../activation.js';
import { quadratureAverages } from '../quadrature-averages.js';
import { slopesOf } from '../slopes.js';
import { unitOfSlopes } from './unit-of-slopes.js';

/** An activation of your own: its value, its derivative and where the derivative jumps. */
export interface ActivationDefinition {
  /** How results and messages call it. */
  readonly name: string;
  /** g(z), continuous and finite for every z. */
  readonly value: (z: number) => number;
  /** g′(z); at a kink the right-hand derivative. */
  readonly derivative: (z: number) => number;
  /** Points where g′ jumps, increasing; default none. */
  readonly kinks?: readonly number[];
}

const PROBES = [-37.1, -9.3, -3.7, -1.3, -0.41, -0.13, 0, 0.17, 0.53, 1.1, 2.9, 7.7, 31.3];

/** Refuses what no average could be taken of, and derivatives that are not those of the value. */
function checkDefinition({ name, value, derivative, kinks = [] }: ActivationDefinition): void {
  for (const z of [...PROBES, ...kinks]) {
    for (const [what, f] of [
      ['value', value],
      ['derivative', derivative],
    ] as const) {
      if (!Number.isFinite(f(z)))
        throw rangeError('activation', `finite everywhere`, `${what}(${z}) = ${String(f(z))} for ${name}`);
    }
  }
  for (const z of PROBES) {
    const h = 1e-5 * Math.max(1, Math.abs(z));
    if (kinks.some((kink) => Math.abs(kink - z) <= 2 * h)) continue;
    const difference = (value(z + h) - value(z - h)) / (2 * h);
    const size = Math.abs(difference) + Math.abs(derivative(z)) + (1e-6 * Math.abs(value(z))) / h;
    if (Math.abs(difference - derivative(z)) > 1e-3 * size + 1e-9) {
      throw rangeError(
        'activation',
        `given with the derivative of its value, ${difference} at ${z}`,
        derivative(z),
      );
    }
  }
  for (const kink of kinks) {
    const h = 1e-9 * Math.max(1, Math.abs(kink));
    const jump = Math.abs(value(kink + h) - value(kink - h));
    const slope = Math.abs(derivative(kink + h)) + Math.abs(derivative(kink - h));
    if (jump > 4 * h * (slope + 1))
      throw rangeError('activation', 'continuous', `a jump at ${kink} of ${name}`);
  }
}

/** A function of numbers, as it shows at zero. */
function requireNumberFunction(name: string, value: unknown): AnyFunction {
  const f = requireFunction(name, value) as (z: number) => unknown;
  requireAnyNumber(`${name}(0)`, f(0));
  return f;
}

const checks: OptionChecks<ActivationDefinition> = {
  name: requireString,
  value: requireNumberFunction,
  derivative: requireNumberFunction,
  kinks: optional(listOf(requireFinite)),
};

/**
 * An activation of your own. Its averages are those in closed form where it is linear on each side of zero, whatever its two
 * slopes, and by quadrature otherwise.
 *
 * Such a unit is told by its values and derivatives at some 5000 places, closer to each other than those at which quadrature
 * would look at it: all of them agree with two slopes to rounding. Slopes 1 and 1 give `identity` itself, 1 and 0 `relu`.
 *
 * @throws TypeError or RangeError when a function is missing, is not finite, jumps, or when the derivative is not the
 *   value's
 * @example
 * const tanh = defineActivation({ name: 'tanh', value: Math.tanh, derivative: (z) => 1 / Math.cosh(z) ** 2 });
 */
export function defineActivation(definition: ActivationDefinition): Activation {
  requireOptions('definition', definition, checks);
  const { name, value, derivative, kinks = [] } = definition;
  if (kinks.length > 0) requireIncreasing('kinks', kinks);
  checkDefinition(definition);
  const plain: ActivationFunction = { value, derivative, kinks };
  const slopes = slopesOf(plain);
  if (slopes !== undefined) return unitOfSlopes(name, slopes);
  return { name, ...plain, averages: quadratureAverages(plain) };
}

// Kinks further out than this are met by no field: averages hold for |γ| ≤ 100 and fields within 9.
const KINK_RANGE = 1000;

/**
 * An activation from an expression in z, such as `max(0.1 z, z)` or `tanh(z)`. The text is parsed by mathjs (loaded
 * at the first call, about a second) and never evaluated as code; derivative and kinks come from the parsed tree. One that
 * is linear on each side of zero, however it is written, gets its closed forms as in `defineActivation`: `z + 0` is
 * `identity`, `max(0, z)` is `relu`.
 *
 * @throws (as a rejection) TypeError or RangeError for an expression that is wrong, unsafe, discontinuous or not finite
 * @example
 * const unit = await expressionActivation('max(0.1 z, z)'); // has closed forms, as `leakyRelu(0.1)`
 * unit.kinks; // [0]
 */
export async function expressionActivation(text: string): Promise<Activation> {
  const expression = await parseExpression(text, 'z', 'activation');
  return defineActivation({
    name: text,
    value: (z) => expression.value(z),
    derivative: (z) => expression.derivative(z),
    kinks: expression.kinks(KINK_RANGE),
  });
}
