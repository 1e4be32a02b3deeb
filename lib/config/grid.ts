import * as z from 'zod';
import { rangeError } from '../foundation/checks.js';
import { MOST_NUMBERS, numbersOf, spaced } from './numbers.js';

/** Values of one parameter: a list, text such as `0.1:1:10`, or equally spaced ones, in the logarithm where `scale` says so. */
const valuesSchema = z.union(
  [
    z.array(z.json()).min(1, 'must have at least one value'),
    z.string(),
    z.strictObject({
      from: z.number(),
      to: z.number(),
      points: z.number(),
      scale: z.enum(['linear', 'log']).default('linear'),
    }),
  ],
  'must be a list of values, text like 0.1:1:10, or from, to, points and perhaps scale: log',
);

/** Values by parameter, of which every combination is meant; the last parameter varies fastest. */
export const gridSchema = z.record(z.string(), valuesSchema).default({}).meta({
  help: 'values by parameter, a run for every combination, the last varies fastest; names inside others have dots, as initial.gamma',
});

/** What stands in a file. */
export type Json = z.core.util.JSONType;
/** Some parameters of a configuration. */
export type Parameters = Readonly<Record<string, Json>>;

function valuesOf(name: string, values: z.infer<typeof valuesSchema>): readonly Json[] {
  if (Array.isArray(values)) return values;
  if (typeof values === 'string') return numbersOf(name, values);
  const { from, to, points, scale } = values;
  return spaced(name, from, to, points, scale);
}

/**
 * Every set of parameters with every combination of the values of a grid.
 *
 * @throws RangeError, one line, for more than a million, and for values that are none
 */
export function combinations(sets: readonly Parameters[], grid: z.infer<typeof gridSchema>): Parameters[] {
  const axes = Object.entries(grid).map(([name, values]) => [name, valuesOf(name, values)] as const);
  const count = axes.reduce((product, [, values]) => product * values.length, sets.length);
  if (count > MOST_NUMBERS) throw rangeError('grid', `one of at most ${MOST_NUMBERS} points`, count);
  let combined = [...sets];
  for (const [name, values] of axes)
    combined = combined.flatMap((set) => values.map((value) => ({ ...set, [name]: value })));
  return combined;
}

/** A copy of a configuration with one entry set, `initial.gamma` inside `initial`. */
function withEntry(config: Record<string, unknown>, path: string, value: Json): Record<string, unknown> {
  const [name, ...inner] = path.split('.') as [string, ...string[]];
  if (inner.length === 0) return { ...config, [name]: value };
  const within = config[name] ?? {};
  if (typeof within !== 'object' || Array.isArray(within))
    throw rangeError(path, `a place in ${name}, a mapping`, within);
  return { ...config, [name]: withEntry(within as Record<string, unknown>, inner.join('.'), value) };
}

/**
 * A configuration with some parameters set.
 *
 * @throws RangeError, one line, for a name with a dot whose place is no mapping
 */
export function withParameters(
  config: Record<string, unknown>,
  parameters: Parameters,
): Record<string, unknown> {
  return Object.entries(parameters).reduce((built, [path, value]) => withEntry(built, path, value), config);
}
