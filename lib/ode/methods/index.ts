import type { OdeMethod } from '../method.js';
import { implicitExtrapolation } from './implicit-extrapolation.js';
import { mathjsRungeKutta } from './mathjs.js';
import { odex } from './odex.js';
import { rungeKutta8 } from './runge-kutta-8.js';

/** How methods are made ready by name; `auto` is made anew for each run. */
const methods = {
  auto: () => 'auto' as const,
  'runge-kutta-8': () => rungeKutta8,
  'implicit-extrapolation': () => implicitExtrapolation,
  odex: () => odex,
  'mathjs-rk45': mathjsRungeKutta,
} satisfies Readonly<Record<string, () => OdeMethod | 'auto' | Promise<OdeMethod>>>;

/** The name of a method on the command line. */
export type MethodName = keyof typeof methods;

/** The names of all methods, the default first. */
export const methodNames = Object.keys(methods) as readonly MethodName[];

/** A method by its name. */
export async function methodNamed(name: MethodName): Promise<OdeMethod | 'auto'> {
  return await methods[name]();
}
