import { requireInteger, requirePositive, requireWithin, rangeError } from '../foundation/checks.js';
import { automaticMethod } from './automatic-method.js';
import type { OdeEvent } from './events.js';
import type { OdeMethod } from './method.js';
import type { OdeProblem } from './problem.js';
import type { OdeSolution } from './solution.js';
import { solveOde } from './solve-ode.js';

/** How to solve a problem of your own. */
export interface SolveProblemOptions {
  /** Increasing times within the problem's interval to answer at; default the ends of the solver's own steps. */
  readonly times?: readonly number[];
  readonly events?: readonly OdeEvent[];
  /** Error per step relative to each component, one for all or one each; default 1e-10. */
  readonly relativeTolerance?: number | readonly number[];
  /** Error per step below which a component counts as zero, one for all or one each; default 1e-12. */
  readonly absoluteTolerance?: number | readonly number[];
  /** Most steps to try; default 100,000. */
  readonly maxSteps?: number;
  /** Longest step, in the unit of time; default as long as the accuracy allows. What is narrower may be stepped over. */
  readonly maxStep?: number;
  /** `auto`, the default, chooses between `rungeKutta8` and `implicitExtrapolation` as it goes (docs/solvers.md). */
  readonly method?: OdeMethod | 'auto';
  readonly signal?: AbortSignal;
}

function perComponent(name: string, given: number | readonly number[], dimension: number): number[] {
  const list = typeof given === 'number' ? Array<number>(dimension).fill(given) : [...given];
  if (list.length !== dimension) throw rangeError(name, `one number or ${dimension} of them`, list.length);
  return list.map((value) => requirePositive(name, value));
}

/**
 * Solves any initial-value problem with the layer that solves learning dynamics: outcomes, events, answers at any time.
 *
 * @throws RangeError or TypeError for a bad argument, naming it
 * @example
 * const decay = { derivative: (t, y, out) => { out[0] = -y[0]; }, initial: Float64Array.of(1), from: 0, until: 5 };
 * solveProblem(decay).at(1)[0]; // exp(−1) = 0.36787944
 */
export function solveProblem(problem: OdeProblem, options: SolveProblemOptions = {}): OdeSolution {
  const { initial, from, until } = problem;
  const { times, relativeTolerance = 1e-10, absoluteTolerance = 1e-12, method = 'auto', maxStep } = options;
  const start = initial.find((value) => !Number.isFinite(value));
  if (start !== undefined || initial.length === 0)
    throw rangeError('initial', 'finite numbers, at least one', start);
  requirePositive('until - from', until - from);
  times?.forEach((time, index) => {
    const previous = times[index - 1] ?? -Infinity;
    if (!(time > previous && time >= from && time <= until)) {
      throw rangeError(`times[${index}]`, `increasing, from ${from} to ${until}`, time);
    }
  });
  return solveOde(problem, {
    method: method === 'auto' ? automaticMethod() : method,
    tolerances: {
      relative: perComponent('relativeTolerance', relativeTolerance, initial.length).map((tolerance) =>
        requireWithin('relativeTolerance', tolerance, 1e-14, 0.1),
      ),
      absolute: perComponent('absoluteTolerance', absoluteTolerance, initial.length),
    },
    maxSteps: requireInteger('maxSteps', options.maxSteps ?? 100_000, 1),
    ...(maxStep === undefined ? {} : { maxStep: (): number => maxStep }),
    times,
    events: options.events ?? [],
    stationaryTolerance: undefined,
    outOfBounds: () => undefined,
    signal: options.signal,
  });
}
