import { automaticMethod } from '../../lib/solver/automatic-method.js';
import { implicitExtrapolation } from '../../lib/solver/implicit-extrapolation-method.js';
import { mathjsRungeKutta } from '../../lib/solver/mathjs-method.js';
import type { OdeMethod } from '../../lib/solver/method.js';
import { odex } from '../../lib/solver/odex-method.js';
import { rungeKutta8 } from '../../lib/solver/runge-kutta-8-method.js';

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
