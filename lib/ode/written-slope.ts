import { typeError } from '../foundation/checks.js';
import { copyOf } from '../numerics/vectors.js';
import type { Statistics } from './method.js';
import type { OdeProblem } from './problem.js';

// What a right-hand side would hardly write: where it is found, a second evaluation over another mark tells.
const MARK = 1.7976931348623e308;

/**
 * f at the start of a problem.
 *
 * @throws TypeError for a component that the right-hand side does not write, such as one that returns its values
 */
export function writtenSlope(
  { derivative, from, initial }: OdeProblem,
  statistics: Statistics,
): Float64Array {
  const writtenOver = (mark: number): Float64Array => {
    const out = new Float64Array(initial.length);
    for (let i = 0; i < out.length; i++) out[i] = mark;
    derivative(from, copyOf(initial, out.length), out);
    statistics.evaluations++;
    return out;
  };
  const slope = writtenOver(MARK);
  if (!slope.includes(MARK)) return slope;
  const again = writtenOver(-MARK);
  const missing = slope.findIndex((value, i) => value === MARK && again[i] === -MARK);
  if (missing < 0) return again;
  throw typeError(
    'derivative',
    `a function (time, state, out) that writes every component, out[${missing}] too; what it returns is not read`,
    `one that leaves component ${missing} unwritten`,
  );
}
