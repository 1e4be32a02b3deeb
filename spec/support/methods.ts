import { automaticMethod } from '../../lib/solver/automatic-method.js';
import { implicitExtrapolation } from '../../lib/solver/implicit-extrapolation-method.js';
import type { OdeMethod } from '../../lib/solver/method.js';
import { odex } from '../../lib/solver/odex-method.js';
import { rungeKutta8 } from '../../lib/solver/runge-kutta-8-method.js';

/** The methods that hold every promise of the solver layer; each entry makes one for a run. */
export const methods: readonly (readonly [string, () => OdeMethod])[] = [
  ['auto', automaticMethod],
  ['runge-kutta-8', () => rungeKutta8],
  ['implicit-extrapolation', () => implicitExtrapolation],
  ['odex', () => odex],
];
