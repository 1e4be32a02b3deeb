import { rangeError, typeError } from '../foundation/checks.js';
import type { Crossing } from './events.js';
import type { Interpolant, OdeMethod, Statistics } from './method.js';
import type { Node, OdeProblem, Tolerances } from './problem.js';
import { segmentAt } from './segments.js';

/** How a run ended. All but `reached-end` leave the part computed until then. */
export type Outcome = 'reached-end' | 'event' | 'stationary' | 'diverged' | 'step-limit' | 'aborted';

/** A solved problem: it knows its problem, its method, its outcome and its statistics, and interpolates. */
export interface OdeSolution {
  /** The problem that was solved. */
  readonly problem: OdeProblem;
  /** The method that solved it. */
  readonly method: OdeMethod;
  /** How the run ended. */
  readonly outcome: Outcome;
  /** The outcome in words. */
  readonly message: string;
  /** Steps and evaluations that the run took. */
  readonly statistics: Readonly<Statistics>;
  /** The asked times that were reached, or the ends of the accepted steps. */
  readonly points: readonly Node[];
  /** What a function reads off each of the points, faster than from the points themselves; the state it sees does not last. */
  readPoints<Value>(read: (time: number, state: ArrayLike<number>) => Value): Value[];
  /** Crossings of events, in order of time. */
  readonly crossings: readonly Crossing[];
  /** Where the run ended. */
  readonly end: number;
  /**
   * The state at any time between start and end, to the accuracy of the run.
   *
   * @throws RangeError outside
   */
  at(time: number): Float64Array;
}

/** Points that are put together when they are asked for; a class, so that the accessor stands on the prototype (see `Steps`). */
class Points {
  readonly #pointsOf: () => readonly Node[];
  #points: readonly Node[] | undefined;

  constructor(pointsOf: () => readonly Node[]) {
    this.#pointsOf = pointsOf;
  }

  get points(): readonly Node[] {
    return (this.#points ??= this.#pointsOf());
  }
}

/** What a run leaves. */
export function withPoints(found: Omit<OdeSolution, 'points'>, pointsOf: () => readonly Node[]): OdeSolution {
  return Object.assign(new Points(pointsOf), found);
}

/** Index of the last node at or before `time`. */
function nodeBefore(nodes: readonly Node[], time: number): number {
  let low = 0;
  let high = nodes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (nodes[middle]!.time <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * States between nodes, each step by one interpolant: the one that its run looked at, or made when it is asked for first.
 *
 * @returns a function of time; it throws RangeError outside the nodes, and where a step does not know its inside
 */
export function interpolateBetween(
  segments: readonly OdeProblem[],
  method: OdeMethod,
  tolerances: Tolerances,
  nodes: readonly Node[],
  insides: (Interpolant | undefined)[],
): (time: number) => Float64Array {
  const unused: Statistics = { steps: 0, rejected: 0, evaluations: 0 }; // the run is over
  return (time) => {
    const start = nodes[0]!.time;
    const end = nodes.at(-1)!.time;
    if (typeof time !== 'number') throw typeError('time', `a number from ${start} to ${end}`, time);
    if (!(time >= start && time <= end))
      throw rangeError('time', `from ${start} to ${end}, where the run is`, time);
    const index = nodeBefore(nodes, time);
    const left = nodes[index]!;
    if (left.time === time) return left.state.slice();
    const problem = segmentAt(segments, left.time);
    const interpolant = (insides[index] ??= method.inside(
      problem,
      tolerances,
      left,
      nodes[index + 1]!,
      unused,
    ));
    if (!interpolant) {
      const allowed =
        'where the steps of the run resolve the right-hand side; solve with this time among `times`, or with a smaller `maxStep`';
      throw rangeError('time', allowed, time);
    }
    const state = new Float64Array(left.state.length);
    interpolant(time, state);
    return state;
  };
}
