import {
  integer,
  listOf,
  rangeError,
  requireFinite,
  requireFunction,
  requireIncreasing,
  requirePositive,
  within,
  type Check,
} from '../foundation/checks.js';
import { optional, requireOptions, type OptionChecks } from '../foundation/options.js';
import { automaticMethod } from './methods/automatic.js';
import { requireEvent, type OdeEvent } from './events.js';
import { requireMethod, type OdeMethod } from './method.js';
import type { OdeProblem } from './problem.js';
import type { OdeSolution } from './solution.js';
import { solveOde, solveOdeAsync } from './solve-ode.js';
import type { RunOptions } from './run.js';
import type { RunControl } from '../foundation/turns.js';

/** An initial-value problem as it is given: y at the start may be a list. */
export interface GivenProblem extends Omit<OdeProblem, 'initial'> {
  /** y at the start: finite numbers, at least one. */
  readonly initial: readonly number[] | Float64Array;
}

/** How to solve a problem of your own. */
export interface SolveProblemOptions {
  /** Increasing times within the problem's interval to answer at; default the ends of the solver's own steps. */
  readonly times?: readonly number[];
  /** Functions of time and state whose zeros are to be found; default none. */
  readonly events?: readonly OdeEvent[];
  /** Error per step relative to each component, one for all or one each, from 1e-14 to 0.1; default 1e-10. */
  readonly relativeTolerance?: number | readonly number[];
  /** Error per step below which a component counts as zero, one for all or one each; default 1e-12. */
  readonly absoluteTolerance?: number | readonly number[];
  /** Most steps to try; default 100,000. */
  readonly maxSteps?: number;
  /** Longest step, in the unit of time; default as long as the accuracy allows. A peak of f that is narrower may be stepped over. */
  readonly maxStep?: number;
  /** `auto`, the default, chooses between `rungeKutta8` and `implicitExtrapolation` as it goes (docs/reference/solvers.md). */
  readonly method?: OdeMethod | 'auto';
}

/** A list, or an array of doubles, of finite numbers. */
const requireState: Check<readonly number[]> = (name, value) => {
  const list = value instanceof Float64Array ? Array.from(value) : value;
  const state = listOf(requireFinite, 'a list of numbers or a Float64Array')(name, list);
  if (state.length === 0) throw rangeError(name, 'a list with at least one number', value);
  return state;
};

/** One number, or a list of them. */
function oneOrEach(check: Check<number>): Check<number | readonly number[]> {
  const requireList = listOf(check, 'a number, or a list with one for each component');
  return (name, value) => (typeof value === 'number' ? check(name, value) : requireList(name, value));
}

const problemChecks: OptionChecks<GivenProblem> = {
  derivative: requireFunction,
  initial: requireState,
  from: requireFinite,
  until: requireFinite,
  breaks: optional(listOf(requireFinite, 'a list of times')),
};

const optionChecks: OptionChecks<SolveProblemOptions> = {
  times: optional(requireIncreasing),
  events: optional(listOf(requireEvent)),
  relativeTolerance: optional(oneOrEach(within(1e-14, 0.1))),
  absoluteTolerance: optional(oneOrEach(requirePositive)),
  maxSteps: optional(integer(1)),
  maxStep: optional(requirePositive),
  method: optional(requireMethod),
};

function perComponent(name: string, given: number | readonly number[], dimension: number): readonly number[] {
  if (typeof given === 'number') return Array<number>(dimension).fill(given);
  if (given.length !== dimension) throw rangeError(name, `one number or ${dimension} of them`, given);
  return given;
}

/** The problem with its state as an array of doubles, checked against its own interval. */
function checkedProblem(given: GivenProblem): OdeProblem {
  const { from, until, breaks = [] } = requireOptions('problem', given, problemChecks);
  if (!(until > from)) throw rangeError('until', `greater than \`from\`, ${from}`, until);
  breaks.forEach((time, index) => {
    if (!(time > (breaks[index - 1] ?? -Infinity) && time >= from && time <= until))
      throw rangeError(`breaks[${index}]`, `increasing, from ${from} to ${until}`, time);
  });
  return { ...given, initial: Float64Array.from(given.initial) };
}

/** The problem and the run that were asked for, checked, defaults filled in. */
function prepare(
  given: GivenProblem,
  options: SolveProblemOptions,
): { problem: OdeProblem; run: RunOptions } {
  const problem = checkedProblem(given);
  requireOptions('options', options, optionChecks);
  const { times, relativeTolerance = 1e-10, absoluteTolerance = 1e-12, method = 'auto', maxStep } = options;
  const { from, until, initial } = problem;
  times?.forEach((time, index) => {
    if (time < from || time > until)
      throw rangeError(`times[${index}]`, `increasing, from ${from} to ${until}`, time);
  });
  options.events?.forEach((event, index) => {
    requireFinite(`events[${index}].value(${from})`, event.value(from, initial));
  });
  const run: RunOptions = {
    method: method === 'auto' ? automaticMethod() : method,
    tolerances: {
      relative: perComponent('relativeTolerance', relativeTolerance, initial.length),
      absolute: perComponent('absoluteTolerance', absoluteTolerance, initial.length),
    },
    maxSteps: options.maxSteps ?? 100_000,
    ...(maxStep === undefined ? {} : { maxStep: (): number => maxStep }),
    times,
    events: options.events,
  };
  return { problem, run };
}

/**
 * Solves any initial-value problem: outcomes, events, answers at any time.
 *
 * @param problem dy/dt = f(t, y), y at the start, and the interval; `derivative` writes f to its third argument
 * @throws RangeError or TypeError for a bad argument, naming it
 * @example
 * const decay = { derivative: (t, y, out) => { out[0] = -y[0]; }, initial: [1], from: 0, until: 5 };
 * solveProblem(decay).at(1)[0]; // exp(−1) = 0.36787944
 */
export function solveProblem(problem: GivenProblem, options: SolveProblemOptions = {}): OdeSolution {
  const prepared = prepare(problem, options);
  return solveOde(prepared.problem, prepared.run);
}

/**
 * As `solveProblem`, in turns that yield to the event loop; an abort is an outcome, with all that was computed.
 *
 * @throws (as a rejection) RangeError or TypeError for a bad argument, naming it
 * @example
 * const decay = { derivative: (t, y, out) => { out[0] = -y[0]; }, initial: [1], from: 0, until: 5 };
 * (await solveProblemAsync(decay, {}, { signal: AbortSignal.timeout(1000) })).at(1)[0]; // exp(−1) = 0.36787944
 */
export async function solveProblemAsync(
  problem: GivenProblem,
  options: SolveProblemOptions = {},
  control: RunControl = {},
): Promise<OdeSolution> {
  const prepared = prepare(problem, options);
  return solveOdeAsync(prepared.problem, prepared.run, control);
}
