import type { OdeEvent } from './events.js';
import { copyOf, isFiniteVector } from '../numerics/vectors.js';
import { LeaveIntegration } from './guard.js';
import type { Inside, Interpolant, MethodEnding, OdeMethod, Start, Statistics } from './method.js';
import { observations } from './observations.js';
import type { Node, OdeProblem, StepLimits, Tolerances } from './problem.js';
import { segmentAt, segmentsOf } from './segments.js';
import { interpolateBetween, withPoints, type OdeSolution, type Outcome } from './solution.js';
import { writtenSlope } from './written-slope.js';

/** What a run is asked for, all defaults filled in. */
export interface RunOptions {
  readonly method: OdeMethod;
  readonly tolerances: Tolerances;
  readonly maxSteps: number;
  /** Longest step between two breaks of the problem; default as long as the accuracy allows. */
  readonly maxStep?: (from: number, until: number) => number;
  /** Increasing times within the problem's interval; without them the ends of the steps are the answer. */
  readonly times?: readonly number[] | undefined;
  readonly events?: readonly OdeEvent[] | undefined;
  /** A run stops as `stationary` where every |dy/dt| is at most this; default never. */
  readonly stationaryTolerance?: number | undefined;
  /** Tells where the state has left where the equations mean something, and what may keep it there; default nowhere. */
  readonly outOfBounds?: (
    state: ArrayLike<number>,
  ) => { readonly what: string; readonly remedy: string } | undefined;
}

/** What a method is to integrate next, from the last node to the next break of the problem, as it takes it. */
export type Piece = readonly [
  problem: OdeProblem,
  tolerances: Tolerances,
  limits: StepLimits,
  start: Start,
  stepSize: number | undefined,
];

/** A run in progress: takes accepted steps, keeps answers, knows when to stop. */
export interface Run {
  readonly statistics: Statistics;
  /** The last accepted step's end. */
  last(): Node;
  /** What is to be integrated next. */
  piece(): Piece;
  /** Takes a step; false where the method is to stop: the run is over, or the step is to be taken again, smaller. */
  readonly take: (time: number, state: ArrayLike<number>, inside?: Inside) => boolean;
  /** Takes in how a method ended its piece. */
  finish(ending: MethodEnding): void;
  /** Ends the run, unless it has ended already. */
  end(outcome: Outcome, message: string): void;
  hasEnded(): boolean;
  solution(): OdeSolution;
}

/**
 * Where a step ended. A class, since V8 takes object literals of this place for long-lived and puts them where they are dear: a run of a
 * hundred steps took a fifth longer.
 */
class StepEnd implements Node {
  readonly time: number;
  readonly state: Float64Array;
  constructor(time: number, state: Float64Array) {
    this.time = time;
    this.state = state;
  }
}

// A step that is taken again, since its inside contradicts its end.
const SMALLER = 1 / 8;

/** Where the state runs off to infinity, or tolerances ask for digits that doubles do not have. */
function vanished(time: number): string {
  return `the step size vanished at time ${time}: end the run before, or take a coarser tolerance`;
}

const endings: Record<Exclude<MethodEnding, 'stopped' | 'end'>, [Outcome, (time: number) => string]> = {
  'step-limit': [
    'step-limit',
    (time) =>
      `the step limit was reached at time ${time}: raise maxSteps, or take the method implicit-extrapolation if the equations are stiff`,
  ],
  'not-finite': [
    'diverged',
    (time) => `the right-hand side is not finite after time ${time}: end the run before, or look at it there`,
  ],
  'step-vanished': ['diverged', vanished],
};

/**
 * Begins a run of a problem.
 *
 * @throws TypeError for a right-hand side that leaves a component unwritten
 */
export function beginRun(problem: OdeProblem, options: RunOptions): Run {
  const { method, tolerances, times, maxSteps } = options;
  const dimension = problem.initial.length;
  const statistics: Statistics = { steps: 0, rejected: 0, evaluations: 0 };
  const segments = segmentsOf(problem);
  const longest = segments.map(({ from, until }) => options.maxStep?.(from, until) ?? Infinity);
  const startSlope = writtenSlope(segments[0]!, statistics);
  const nodes: Node[] = [new StepEnd(problem.from, problem.initial.slice())];
  /** The inside of the step after each node, where it was looked at. */
  const insides: (Interpolant | undefined)[] = [];
  const asked = observations(problem, times ?? [], options.events ?? []);
  const slope = new Float64Array(dimension);
  let retryWith: number | undefined;
  let outcome: Outcome | undefined;
  let message = '';

  const last = (): Node => nodes.at(-1)!;
  const segmentAfter = (node: Node): OdeProblem => segmentAt(segments, node.time);

  const end = (how: Outcome, words: string): void => {
    outcome ??= how;
    message ||= words;
  };

  function endAtEvent(): void {
    const stop = asked.stop();
    if (stop) end('event', `event ${stop.name} at time ${stop.time}`);
  }

  /** Keeps a step, with its inside where that was looked at. */
  function keep(left: Node, right: Node, interpolant?: Interpolant): Node {
    if (interpolant) insides[nodes.length - 1] = interpolant;
    if (right.time > left.time) nodes.push(right);
    return right;
  }

  /** Looks inside a step and keeps it up to where the run goes on or ends; undefined where that cannot be. */
  function lookInside(left: Node, right: Node, inside?: Inside): Node | undefined {
    const interpolant =
      inside?.(left, right) ?? method.inside(segmentAfter(left), tolerances, left, right, statistics);
    if (!interpolant) {
      takeAgain(left, right);
      return undefined;
    }
    try {
      const reached = keep(left, asked.within(left, right, interpolant), interpolant);
      endAtEvent();
      return reached;
    } catch (error) {
      if (!(error instanceof LeaveIntegration)) throw error;
      end('diverged', `the value of an event is not finite after time ${left.time}`);
      return undefined;
    }
  }

  function isStationary(node: Node): boolean {
    if (options.stationaryTolerance === undefined) return false;
    segmentAfter(node).derivative(node.time, node.state, slope);
    statistics.evaluations++;
    return slope.every((component) => Math.abs(component) <= options.stationaryTolerance!);
  }

  /** Has the step from `left` taken again, smaller, as long as there is a smaller one. */
  function takeAgain(left: Node, right: Node): void {
    const smaller = (right.time - left.time) * SMALLER;
    statistics.rejected++;
    if (left.time + 0.1 * smaller > left.time) retryWith = smaller;
    else
      end(
        'diverged',
        `the right-hand side cannot be resolved after time ${left.time}: name its breaks, or end the run before`,
      );
  }

  function take(time: number, state: ArrayLike<number>, inside?: Inside): boolean {
    const left = last();
    const right: Node = new StepEnd(time, copyOf(state, dimension));
    if (!isFiniteVector(right.state)) {
      end('diverged', `the state is not finite after time ${left.time}: end the run before`);
      return false;
    }
    if (time <= left.time) {
      end('diverged', vanished(left.time));
      return false;
    }
    const reached = asked.concern(time) ? lookInside(left, right, inside) : keep(left, right);
    if (!reached) return false;
    const outside = options.outOfBounds?.(reached.state);
    if (outside) end('diverged', `${outside.what} at time ${reached.time}: ${outside.remedy}`);
    else if (isStationary(reached)) end('stationary', `stationary at time ${reached.time}`);
    return outcome === undefined;
  }

  function piece(): Piece {
    const start = last();
    const segment = segmentAfter(start);
    const stepSize = retryWith;
    retryWith = undefined;
    const limits = { maxSteps: maxSteps - statistics.steps, maxStep: longest[segments.indexOf(segment)]! };
    const known = nodes.length === 1 ? { ...start, slope: startSlope } : start;
    return [segment, tolerances, limits, known, stepSize];
  }

  function finish(ending: MethodEnding): void {
    if (ending === 'stopped') return;
    const { time } = last();
    if (ending === 'end') {
      if (time >= problem.until) end('reached-end', `reached the end at time ${time}`);
      return;
    }
    const [how, words] = endings[ending];
    end(how, words(time));
  }

  asked.begin();
  endAtEvent();
  return {
    statistics,
    last,
    piece,
    take,
    finish,
    end,
    hasEnded: () => outcome !== undefined,
    solution: () =>
      withPoints(
        {
          problem,
          method,
          outcome: outcome ?? 'aborted',
          message,
          statistics,
          readPoints: (read) =>
            times ? asked.readAnswers(read) : nodes.map(({ time, state }) => read(time, state)),
          crossings: asked.crossings,
          end: last().time,
          at: interpolateBetween(segments, method, tolerances, nodes, insides),
        },
        () =>
          times ? asked.readAnswers((time, state) => ({ time, state: copyOf(state, dimension) })) : nodes,
      ),
  };
}
