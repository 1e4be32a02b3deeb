import type { OrderParameterSystem } from '../dynamics/system.js';
import { automaticMethod } from '../ode/methods/automatic.js';
import { solveOde } from '../ode/solve-ode.js';
import { settlingIndices } from './family.js';

const START = 1e-8;
const GROWN = { what: 'grown', remedy: 'none is needed' };
// Long enough that a growth rate a thousandth of η shows as 5 percent, far above the solver's error.
const TIME_SCALES = 50;

/** Growth rate of r = 1 − R from 1e-8 along a trajectory on which only the settling order parameters move. */
export function frozenGrowthRate<Name extends string>(
  rule: OrderParameterSystem<Name>,
  aligned: Float64Array,
  learningRate: number,
): number {
  const { settling, overlap } = settlingIndices(rule);
  const { names } = rule.layout;
  const frozen = [...names.keys()].filter((index) => !settling.includes(index));
  const initial = aligned.slice();
  initial[overlap] = START;
  const until = TIME_SCALES / learningRate;
  const solution = solveOde(
    {
      derivative(time, state, out) {
        rule.derivative(time, state, out);
        for (const index of frozen) out[index] = 0;
      },
      initial,
      from: 0,
      until,
    },
    {
      method: automaticMethod(),
      tolerances: { relative: names.map(() => 1e-9), absolute: names.map(() => 1e-18) },
      maxSteps: 10_000,
      // Growth is decided long before the linear regime is left.
      outOfBounds: (state) => (state[overlap]! > 1e-4 ? GROWN : undefined),
    },
  );
  const last = solution.points.at(-1)!;
  return Math.log(Math.max(last.state[overlap]!, Number.MIN_VALUE) / START) / last.time;
}
