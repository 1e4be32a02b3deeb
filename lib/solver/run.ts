import { crossingsWithin, type Crossing, type OdeEvent } from './events.js';
import { LeaveIntegration } from './guard.js';
import { copyOf, isFiniteVector } from './finite.js';
import type { Interpolant, MethodEnding, OdeMethod, Statistics } from './method.js';
import type { Node, OdeProblem, Tolerances } from './problem.js';
import { interpolateBetween, type OdeSolution, type Outcome } from './solution.js';

/** What a run is asked for, all defaults filled in. */
export interface RunOptions {
  readonly method: OdeMethod;
  readonly tolerances: Tolerances;
  readonly maxSteps: number;
  /** Increasing times within the problem's interval; without them the ends of the steps are the answer. */
  readonly times: readonly number[] | undefined;
  readonly events: readonly OdeEvent[];
  /** A run stops as `stationary` where every |dy/dt| is at most this. */
  readonly stationaryTolerance: number | undefined;
  /** A sentence when the state has left where the equations mean something. */
  readonly outOfBounds: (state: ArrayLike<number>) => string | undefined;
  readonly signal: AbortSignal | undefined;
}

/** A run in progress: takes accepted steps, keeps answers, knows when to stop. */
export interface Run {
  readonly statistics: Statistics;
  /** The last accepted step's end. */
  last(): Node;
  /** Takes a step; false when the run is over. */
  readonly take: (time: number, state: ArrayLike<number>) => boolean;
  /** Ends the run, unless it has ended already. */
  end(outcome: Outcome, message: string): void;
  hasEnded(): boolean;
  solution(): OdeSolution;
}

const endings: Record<Exclude<MethodEnding, 'stopped'>, [Outcome, (time: number) => string]> = {
  end: ['reached-end', (time) => `reached the end at time ${time}`],
  'step-limit': ['step-limit', (time) => `the step limit was reached at time ${time}`],
  'not-finite': ['diverged', (time) => `the right-hand side is not finite after time ${time}`],
  'step-vanished': ['diverged', (time) => `the step size vanished at time ${time}`],
};

/** Records how a method ended. */
export function endRun(run: Run, ending: MethodEnding): void {
  if (ending === 'stopped') return;
  const [outcome, message] = endings[ending];
  run.end(outcome, message(run.last().time));
}

/** Begins a run of a problem. */
export function beginRun(problem: OdeProblem, options: RunOptions): Run {
  const { method, tolerances, times, events } = options;
  const dimension = problem.initial.length;
  const statistics: Statistics = { steps: 0, rejected: 0, evaluations: 0 };
  const nodes: Node[] = [{ time: problem.from, state: problem.initial.slice() }];
  const answers: Node[] = [];
  const crossings: Crossing[] = [];
  const slope = new Float64Array(dimension);
  let nextTime = 0;
  let outcome: Outcome | undefined;
  let message = '';

  const end = (how: Outcome, words: string): void => {
    outcome ??= how;
    message ||= words;
  };
  if (times?.[0] === problem.from) {
    answers.push(nodes[0]!);
    nextTime = 1;
  }

  function answerUntil(to: number, interpolant: Interpolant): void {
    while (times && nextTime < times.length && times[nextTime]! <= to) {
      const state = new Float64Array(dimension);
      interpolant(times[nextTime]!, state);
      answers.push({ time: times[nextTime]!, state });
      nextTime++;
    }
  }

  /** Answers asked times and finds events inside a step; gives back its right end, earlier where an event ends the run. */
  function lookInside(left: Node, right: Node): Node {
    let stop: Crossing | undefined;
    const visit = (from: number, to: number, interpolant: Interpolant): boolean => {
      const found = crossingsWithin(events, from, to, interpolant, dimension);
      crossings.push(...found);
      stop = found.find((crossing) => crossing.terminal);
      answerUntil(stop?.time ?? to, interpolant);
      return stop === undefined;
    };
    try {
      method.inspect(problem, tolerances, left, right, visit, statistics);
    } catch (error) {
      if (!(error instanceof LeaveIntegration) || error.reason === 'stopped') throw error;
      const [how, words] = endings[error.reason];
      end(how, words(left.time));
      return left;
    }
    if (!stop && times && nextTime < times.length && times[nextTime]! <= right.time) {
      end('step-limit', `the step to time ${right.time} could not be resolved at time ${times[nextTime]!}`);
    }
    if (!stop) return right;
    end('event', `event ${stop.name} at time ${stop.time}`);
    return stop;
  }

  function isStationary(node: Node): boolean {
    if (options.stationaryTolerance === undefined) return false;
    problem.derivative(node.time, node.state, slope);
    statistics.evaluations++;
    return slope.every((component) => Math.abs(component) <= options.stationaryTolerance!);
  }

  function take(time: number, state: ArrayLike<number>): boolean {
    const left = nodes.at(-1)!;
    let right: Node = { time, state: copyOf(state, dimension) };
    if (!isFiniteVector(right.state)) {
      end('diverged', `the state is not finite after time ${left.time}`);
      return false;
    }
    const asked = times !== undefined && nextTime < times.length && times[nextTime]! <= time;
    if (asked || events.length > 0) right = lookInside(left, right);
    nodes.push(right);
    const outside = options.outOfBounds(right.state);
    if (outside !== undefined) end('diverged', `${outside} at time ${right.time}`);
    else if (isStationary(right)) end('stationary', `stationary at time ${right.time}`);
    else if (time <= left.time) end('diverged', `the step size vanished at time ${left.time}`);
    else if (options.signal?.aborted) end('aborted', `aborted at time ${right.time}`);
    return outcome === undefined;
  }

  function solution(): OdeSolution {
    return {
      problem,
      method,
      outcome: outcome ?? 'aborted',
      message,
      statistics,
      points: times ? answers : nodes,
      crossings,
      end: nodes.at(-1)!.time,
      at: interpolateBetween(problem, method, tolerances, nodes),
    };
  }

  return {
    statistics,
    last: () => nodes.at(-1)!,
    take,
    end,
    hasEnded: () => outcome !== undefined,
    solution,
  };
}
