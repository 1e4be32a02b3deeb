import type { RunControl } from '../foundation/turns.js';
import { requireInteger } from '../foundation/checks.js';
import type { Gradient, OrderParameterSystem } from '../dynamics/system.js';
import { covarianceProblem, triangleSize, unpackCovariance } from './covariance-problem.js';
import type { OdeProblem } from '../ode/problem.js';
import { gradientOf, type Quantity } from '../dynamics/quantity.js';
import type { RunOptions } from '../ode/run.js';
import type { OdeSolution } from '../ode/solution.js';
import { prepare, type SolveOptions } from './solve.js';
import { solveOde, solveOdeAsync } from '../ode/solve-ode.js';
import { requireTimes, trajectoryOf, type Trajectory } from './trajectory.js';

/** Order parameters as functions of time, and their Gaussian fluctuations at finite N. */
export interface FluctuatingTrajectory<Name extends string> extends Trajectory<Name> {
  /** N times the covariance of the order parameters at any time from 0 to `end`, by name. Throws RangeError outside. */
  covariance(time: number): Record<Name, Record<Name, number>>;
  /**
   * The standard deviation of a quantity in one run of dimension N, at `times` or at times of your own from 0 to `end`; to first
   * order in the fluctuations, so 0 where the quantity is stationary in the order parameters.
   *
   * @param dimension N, an integer ≥ 2
   * @throws RangeError or TypeError for a bad dimension, a time outside, or a quantity it does not know
   */
  deviation(quantity: Quantity<Name>, dimension: number, times?: readonly number[]): number[];
}

/** gᵀCh for gradients g and h at a time and an extended state. */
type Contraction = (g: Gradient, h: Gradient, time: number, state: ArrayLike<number>) => number;

function contraction(size: number): Contraction {
  const left = new Float64Array(size);
  const right = new Float64Array(size);
  const covariance = new Float64Array(size * size);
  return (g, h, time, state) => {
    g(time, state, left);
    h(time, state, right);
    unpackCovariance(state, size, covariance);
    let sum = 0;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) sum += left[i]! * covariance[size * i + j]! * right[j]!;
    }
    return sum;
  };
}

function fluctuatingTrajectory<Name extends string>(
  rule: OrderParameterSystem<Name>,
  solution: OdeSolution,
): FluctuatingTrajectory<Name> {
  const { names } = rule.layout;
  const contract = contraction(names.length);
  return {
    ...trajectoryOf(rule, solution),
    covariance(time) {
      const state = solution.at(time);
      const row = (name: Name): Record<Name, number> =>
        byName(names, (other) => contract(gradientOf(rule, name), gradientOf(rule, other), time, state));
      return byName(names, row);
    },
    deviation(quantity, dimension, times) {
      requireInteger('dimension', dimension, 2);
      const gradient = gradientOf(rule, quantity);
      // A variance that is zero may come out negative by rounding.
      const read = (time: number, state: ArrayLike<number>): number =>
        Math.sqrt(Math.max(0, contract(gradient, gradient, time, state)) / dimension);
      if (times === undefined) return solution.readPoints(read);
      return requireTimes('times', times).map((time) => read(time, solution.at(time)));
    },
  };
}

function byName<Name extends string, Value>(
  names: readonly Name[],
  value: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>;
}

function prepareFluctuations<Name extends string>(
  options: SolveOptions<Name>,
): { problem: OdeProblem; run: RunOptions } {
  const { problem, run } = prepare(options);
  const { relative, absolute } = run.tolerances;
  const entries = triangleSize(options.rule.layout.names.length);
  return {
    problem: covarianceProblem(options.rule, problem),
    run: {
      ...run,
      tolerances: {
        relative: [...relative, ...Array<number>(entries).fill(relative[0]!)],
        absolute: [...absolute, ...Array<number>(entries).fill(Math.min(...absolute))],
      },
    },
  };
}

/**
 * Solves the order-parameter equations of a rule together with the Gaussian fluctuations around them at finite N: a run of
 * dimension N is spread around the solution with covariance C/N, dC/dt = JC + CJᵀ + D, J the Jacobian of the equations
 * and D the covariance of one step (docs/theory/fluctuations.md). Corrections are of relative order 1/N, besides the O(1/N) by
 * which the mean over runs differs from the equations.
 *
 * Options and outcomes are those of `solve`, and so is the trajectory, within the tolerances, which hold for C too. With
 * `stationaryTolerance` the covariance must be at rest as well.
 *
 * Batch normalization is refused: the samples of a step act on each other through the batch statistics, and the fourth
 * moments that D then needs are not known.
 *
 * @throws RangeError or TypeError for a bad argument, naming it
 * @example
 * const rule = weightNormalization({ activation: relu, learningRate: 0.5, gammaDecay: 0.2, noiseVariance: 0.05 });
 * const run = solveFluctuations({ rule, initial: { gamma: 0.5, overlap: 0.1, length: 0.8 }, until: 50 });
 * run.deviation('overlap', 1000, [5])[0]; // 0.016643865
 */
export function solveFluctuations<Name extends string>(
  options: SolveOptions<Name>,
): FluctuatingTrajectory<Name> {
  const { problem, run } = prepareFluctuations(options);
  return fluctuatingTrajectory(options.rule, solveOde(problem, run));
}

/**
 * As `solveFluctuations`, in turns that yield to the event loop (see `solveAsync`).
 *
 * @throws (as a rejection) RangeError or TypeError for a bad argument, naming it
 * @example
 * const run = await solveFluctuationsAsync({ rule, initial, until: 50 }, { signal: AbortSignal.timeout(1000) });
 */
export async function solveFluctuationsAsync<Name extends string>(
  options: SolveOptions<Name>,
  control: RunControl = {},
): Promise<FluctuatingTrajectory<Name>> {
  const { problem, run } = prepareFluctuations(options);
  return fluctuatingTrajectory(options.rule, await solveOdeAsync(problem, run, control));
}
