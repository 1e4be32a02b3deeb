import { automaticMethod } from '../../lib/ode/methods/automatic.js';
import { implicitExtrapolation } from '../../lib/ode/methods/implicit-extrapolation.js';
import { mathjsRungeKutta } from '../../lib/ode/methods/mathjs.js';
import type { OdeMethod } from '../../lib/ode/method.js';
import { odex } from '../../lib/ode/methods/odex.js';
import { rungeKutta8 } from '../../lib/ode/methods/runge-kutta-8.js';

/** The methods that hold every promise of the solver layer; each entry makes one for a run. */
export const methods: [string, () => OdeMethod][] = [
  ['auto', automaticMethod],
  ...[rungeKutta8, implicitExtrapolation, odex].map((method): [string, () => OdeMethod] => [
    method.name,
    (): OdeMethod => method,
  ]),
];

const mathjs = await mathjsRungeKutta();

/** These and mathjs's, which knows a single tolerance and is slow. */
export const allMethods: [string, () => OdeMethod][] = [...methods, [mathjs.name, (): OdeMethod => mathjs]];
