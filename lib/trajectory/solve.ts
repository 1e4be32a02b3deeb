import {
  integer,
  listOf,
  rangeError,
  requireBoolean,
  requireFinite,
  requireIncreasing,
  requirePositive,
  typeError,
  within,
} from '../foundation/checks.js';
import {
  elsewhere,
  optional,
  requireObject,
  requireOptions,
  shape,
  type OptionChecks,
} from '../foundation/options.js';
import type { RunControl } from '../foundation/turns.js';
import { boundsOf, type Initial } from '../dynamics/layout.js';
import { requireRule, type OrderParameterSystem } from '../dynamics/system.js';
import { requireDirection, type OdeEvent } from '../ode/events.js';
import { automaticMethod } from '../ode/methods/automatic.js';
import { requireMethod, type OdeMethod } from '../ode/method.js';
import type { OdeProblem } from '../ode/problem.js';
import type { RunOptions } from '../ode/run.js';
import { solveOde, solveOdeAsync } from '../ode/solve-ode.js';
import { quantityOf, type Quantity } from '../dynamics/quantity.js';
import { trajectoryOf, type Trajectory } from './trajectory.js';
import { breaksOf, longestStep } from './varying-rates.js';

/** A level whose crossing is to be found, and usually ends the run: ε < 1e-6, say, is generalizationError falling to 1e-6. */
export interface LevelEvent<Name extends string> {
  /** An order parameter, `misalignment`, or an observable of the rule. */
  readonly quantity: Quantity<Name>;
  /** The value to be crossed: finite, in the unit of the quantity. */
  readonly level: number;
  /** Which crossings count; default either. */
  readonly direction?: 'rising' | 'falling' | 'either';
  /** Whether the crossing ends the run; default true. */
  readonly terminal?: boolean;
  /** Whether it is a condition, which may hold from the start: the run then meets it there; default false. */
  readonly condition?: boolean;
}

/** A problem of learning dynamics and how to solve it. */
export interface SolveOptions<Name extends string> {
  /** The learning rule, such as `sgd(…)` gives back. */
  readonly rule: OrderParameterSystem<Name>;
  /** Order parameters at time 0. */
  readonly initial: Initial<Name>;
  /** Where to stop, in units of steps/N; default the last of `times`. */
  readonly until?: number;
  /** Increasing times to answer at; default the ends of the solver's own steps. They never change the steps. */
  readonly times?: readonly number[];
  /** Levels to look for on the way; default none. */
  readonly events?: readonly LevelEvent<NoInfer<Name>>[];
  /** Error per step relative to each order parameter (for the overlap: relative to 1 − R), from 1e-14 to 0.1; default 1e-10. */
  readonly relativeTolerance?: number;
  /** Error per step below which an order parameter counts as zero, one for all or by name; default 1e-20. */
  readonly absoluteTolerance?: number | Readonly<Partial<Record<Name, number>>>;
  /** Most steps to try; default 100,000. */
  readonly maxSteps?: number;
  /**
   * Longest step, in units of time; default a 200th of the run where a learning rate varies, else as long as the accuracy allows. A
   * peak of a learning rate that is narrower than a step may be stepped over, unless the rate names its breaks.
   */
  readonly maxStep?: number;
  /** `auto`, the default, chooses between `rungeKutta8` and `implicitExtrapolation` as it goes (docs/reference/solvers.md). */
  readonly method?: OdeMethod | 'auto';
  /** Stop as stationary where every derivative is at most this; default never. */
  readonly stationaryTolerance?: number;
  /** Length above which a run counts as diverged; default 1e6. */
  readonly lengthBound?: number;
}

// Finer than this rounding spoils the error estimate, coarser the estimate means nothing.
const FINEST_RELATIVE = 1e-14;
const COARSEST_RELATIVE = 0.1;
/** How exactly a trajectory is followed, and how many steps are tried, where nothing is said of it. */
export const solveDefaults = {
  relativeTolerance: 1e-10,
  absoluteTolerance: 1e-20,
  maxSteps: 100_000,
} as const;

const requireEvent = shape<LevelEvent<string>>({
  // By the rule.
  quantity: elsewhere,
  level: requireFinite,
  direction: optional(requireDirection),
  terminal: optional(requireBoolean),
  condition: optional(requireBoolean),
});

const checks: OptionChecks<SolveOptions<string>> = {
  rule: requireRule,
  // By the rule.
  initial: elsewhere,
  until: optional(requirePositive),
  times: optional(requireIncreasing),
  events: optional(listOf(requireEvent)),
  relativeTolerance: optional(within(FINEST_RELATIVE, COARSEST_RELATIVE)),
  absoluteTolerance: optional(elsewhere),
  maxSteps: optional(integer(1)),
  maxStep: optional(requirePositive),
  method: optional(requireMethod),
  stationaryTolerance: optional(requirePositive),
  lengthBound: optional(requirePositive),
};

function lastTime(until: number | undefined, times: readonly number[] | undefined): number {
  if (times !== undefined && times[0]! < 0) throw rangeError('times[0]', '>= 0', times[0]);
  const end = until ?? times?.at(-1);
  if (end === undefined) throw typeError('until', 'given where `times` is not', end);
  requirePositive(until === undefined ? 'the last of times' : 'until', end);
  if (times !== undefined && times.at(-1)! > end) {
    throw rangeError('until', `at least the last of times, ${times.at(-1)!}`, end);
  }
  return end;
}

function absoluteTolerances<Name extends string>(
  names: readonly Name[],
  given: number | Readonly<Partial<Record<Name, number>>> = solveDefaults.absoluteTolerance,
): number[] {
  if (typeof given === 'object') {
    const stranger = Object.keys(requireObject('absoluteTolerance', given)).find(
      (name) => !names.includes(name as Name),
    );
    if (stranger !== undefined) throw typeError('absoluteTolerance', `for ${names.join(', ')}`, stranger);
  }
  return names.map((name) => {
    const tolerance = typeof given === 'object' ? (given[name] ?? solveDefaults.absoluteTolerance) : given;
    return requirePositive('absoluteTolerance', tolerance);
  });
}

function levelEvent<Name extends string>(
  rule: OrderParameterSystem<Name>,
  { quantity, level, direction = 'either', terminal = true, condition = false }: LevelEvent<Name>,
): OdeEvent {
  const value = quantityOf(rule, quantity);
  // The state keeps 1 − R: compared in that form, a start on the level is exactly on it.
  const index = (rule.layout.names as readonly string[]).indexOf(quantity);
  const isOverlap = rule.layout.kinds[index] === 'overlap';
  const aboveLevel: OdeEvent['value'] = isOverlap
    ? (_time, state) => 1 - level - state[index]!
    : (time, state) => value(time, state) - level;
  const sign = !condition || direction === 'either' ? '=' : direction === 'falling' ? '<' : '>';
  return {
    name: `${quantity} ${sign} ${level}`,
    value: aboveLevel,
    direction,
    terminal,
    condition,
  };
}

/**
 * Checks the options and gives the problem and the run they describe, defaults filled in.
 *
 * @throws RangeError or TypeError for a bad argument, naming it
 */
export function prepare<Name extends string>(
  options: SolveOptions<Name>,
): { problem: OdeProblem; run: RunOptions } {
  requireOptions('options', options, checks);
  const { rule, times, method = 'auto', events = [] } = options;
  const until = lastTime(options.until, times);
  const relative = options.relativeTolerance ?? solveDefaults.relativeTolerance;
  const rates = rule.varyingRates ?? [];
  const { maxStep } = options;
  return {
    problem: {
      derivative: rule.derivative,
      initial: rule.layout.state(options.initial),
      from: 0,
      until,
      breaks: breaksOf(rates, until),
    },
    run: {
      method: method === 'auto' ? automaticMethod() : method,
      tolerances: {
        relative: rule.layout.names.map(() => relative),
        absolute: absoluteTolerances(rule.layout.names, options.absoluteTolerance),
      },
      maxSteps: options.maxSteps ?? solveDefaults.maxSteps,
      maxStep: maxStep === undefined ? longestStep(rates, until) : (): number => maxStep,
      times,
      events: events.map((event) => levelEvent(rule, event)),
      stationaryTolerance: options.stationaryTolerance,
      outOfBounds: boundsOf(rule.layout, options.lengthBound),
    },
  };
}

/**
 * Solves the order-parameter equations of a rule from time 0.
 *
 * Divergence, a step limit, an event are outcomes on the trajectory, with all that was computed until then.
 *
 * @throws RangeError or TypeError for a bad argument, naming it
 * @example
 * const rule = weightNormalization({ activation: relu, learningRate: 0.5, gammaDecay: 0.2, noiseVariance: 0.05 });
 * const run = solve({ rule, initial: { gamma: 0.5, overlap: 0.1, length: 0.8 }, until: 50 });
 * run.at(5).overlap; // 0.4852038087
 */
export function solve<Name extends string>(options: SolveOptions<Name>): Trajectory<Name> {
  const { problem, run } = prepare(options);
  return trajectoryOf(options.rule, solveOde(problem, run));
}

/**
 * As `solve`, in turns that yield to the event loop, so that a signal is heard and progress can be shown; an abort is an outcome.
 * The numbers are those of `solve`; with the methods of odex and mathjs, which cannot pause, they differ within the tolerances.
 *
 * @throws (as a rejection) RangeError or TypeError for a bad argument, naming it
 * @example
 * const run = await solveAsync({ rule, initial, until: 50 }, { signal: AbortSignal.timeout(1000) });
 */
export async function solveAsync<Name extends string>(
  options: SolveOptions<Name>,
  control: RunControl = {},
): Promise<Trajectory<Name>> {
  const { problem, run } = prepare(options);
  return trajectoryOf(options.rule, await solveOdeAsync(problem, run, control));
}
