import { rangeError } from '../foundation/checks.js';
import type { Crossing } from './events.js';
import { LeaveIntegration } from './guard.js';
import type { Interpolant, OdeMethod, Statistics } from './method.js';
import type { Node, OdeProblem, Tolerances } from './problem.js';

/** How a run ended. All but `reached-end` leave the part computed until then. */
export type Outcome = 'reached-end' | 'event' | 'stationary' | 'diverged' | 'step-limit' | 'aborted';

/** A solved problem: it knows its problem, its method, its outcome and its statistics, and interpolates. */
export interface OdeSolution {
  readonly problem: OdeProblem;
  readonly method: OdeMethod;
  readonly outcome: Outcome;
  /** The outcome in words. */
  readonly message: string;
  readonly statistics: Readonly<Statistics>;
  /** The asked times that were reached, or the ends of the accepted steps. */
  readonly points: readonly Node[];
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
 * States between nodes: the step around the asked time is inspected again.
 *
 * @returns a function of time; it throws RangeError outside the nodes
 */
export function interpolateBetween(
  problem: OdeProblem,
  method: OdeMethod,
  tolerances: Tolerances,
  nodes: readonly Node[],
): (time: number) => Float64Array {
  return (time) => {
    const start = nodes[0]!.time;
    const end = nodes.at(-1)!.time;
    if (!(time >= start && time <= end))
      throw rangeError('time', `from ${start} to ${end}, where the run is`, time);
    const index = nodeBefore(nodes, time);
    const left = nodes[index]!;
    if (left.time === time) return left.state.slice();
    const state = left.state.slice();
    const inspection: Statistics = { steps: 0, rejected: 0, evaluations: 0 };
    const visit = (_from: number, to: number, interpolant: Interpolant): boolean => {
      if (time > to) return true;
      interpolant(time, state);
      return false;
    };
    try {
      method.inspect(problem, tolerances, left, nodes[index + 1]!, visit, inspection);
    } catch (error) {
      if (!(error instanceof LeaveIntegration)) throw error;
      throw rangeError('time', 'where the right-hand side is finite', time);
    }
    return state;
  };
}
