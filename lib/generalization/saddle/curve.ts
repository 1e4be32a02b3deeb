import { requireIncreasing, requirePositive } from '../../foundation/checks.js';
import { runTurns, withoutRest, type RunControl } from '../../foundation/turns.js';
import type { SaddlePoint, SaddleStart } from './saddle-types.js';
import { completeProblem, type GeneralizationProblem } from './saddle-problem.js';
import { saddleSolver, startsOf, WARM_STEPS, type SaddleSolver } from './saddle-solver.js';

/** What the two branches of a curve have to say at one load. */
export interface CurvePoint {
  /** α = P/N > 0. */
  readonly load: number;
  /** The branch of lower training objective (free energy), `upward` where they agree; `none` where neither converged. */
  readonly lowest: 'upward' | 'downward' | 'none';
  /** Whether the branches are two different solutions of the same equations. */
  readonly coexisting: boolean;
}

/** A learning curve, followed along the loads in both directions. */
export interface GeneralizationCurve {
  /** Aborted: `upward` and `downward` as far as they came, and no `points`, since one branch alone may hide a solution. */
  readonly outcome: 'reached-end' | 'aborted';
  /** The outcome in words. */
  readonly message: string;
  /** The loads α that were asked for, increasing. */
  readonly loads: readonly number[];
  /** From the smallest load up, started from a student almost at right angles to the teacher. */
  readonly upward: readonly SaddlePoint[];
  /** From the largest load down, started from a student along the teacher; in the order of `loads`. */
  readonly downward: readonly SaddlePoint[];
  /** What the two branches say at each of the loads. */
  readonly points: readonly CurvePoint[];
}

// Two solutions that differ by less, relative to γ, are one: converged ones agree to 1e-10.
const SAME = 1e-6;

/** Follows a branch, point by point: every load starts where the one before it ended, and afresh where that leads nowhere. */
function* follow(
  solve: SaddleSolver,
  loads: readonly number[],
  fresh: SaddleStart,
): Generator<SaddlePoint, void> {
  let last: SaddlePoint | undefined;
  for (const load of loads) {
    const next = last?.outcome === 'converged' ? solve(load, last, 0) : undefined;
    last = next?.outcome === 'converged' ? next : solve(load, fresh, WARM_STEPS);
    yield last;
  }
}

/** What two branches have to say at a load. */
export function compareBranches(load: number, upward: SaddlePoint, downward: SaddlePoint): CurvePoint {
  const converged = [upward, downward].filter((point) => point.outcome === 'converged');
  if (converged.length < 2) {
    const lowest = upward === converged[0] ? 'upward' : downward === converged[0] ? 'downward' : 'none';
    return { load, lowest, coexisting: false };
  }
  const across = (point: SaddlePoint): number =>
    point.gamma * Math.sqrt((1 - point.overlap) * (1 + point.overlap));
  const apart = Math.hypot(
    upward.gamma * upward.overlap - downward.gamma * downward.overlap,
    across(upward) - across(downward),
  );
  const coexisting = apart > SAME * Math.max(upward.gamma, downward.gamma);
  return {
    load,
    lowest: coexisting && downward.objective < upward.objective ? 'downward' : 'upward',
    coexisting,
  };
}

/** A problem, and where its learning curve is wanted. */
export type CurveProblem = GeneralizationProblem & {
  /** Loads α > 0, increasing. */
  readonly loads: readonly number[];
};

/** The branches as far as they were followed. */
interface Branches {
  readonly upward: SaddlePoint[];
  readonly downward: SaddlePoint[];
}

/** Follows both branches, yielding the fraction done after each point so that callers can rest. */
function* curveTurns(problem: CurveProblem, { upward, downward }: Branches): Generator<number, void> {
  const complete = completeProblem(problem, { loads: requireIncreasing });
  const { loads } = problem;
  requirePositive('loads[0]', loads[0]!);
  const solve = saddleSolver(complete);
  const { aligned, unaligned } = startsOf(complete.teacherLength);
  for (const point of follow(solve, loads, unaligned)) yield upward.push(point) / (2 * loads.length);
  for (const point of follow(solve, loads.toReversed(), aligned))
    yield 0.5 + downward.unshift(point) / (2 * loads.length);
}

function curveOf({ loads }: CurveProblem, { upward, downward }: Branches): GeneralizationCurve {
  const common = { loads: [...loads], upward, downward };
  const last = loads.length - 1;
  if (downward.length <= last) return { outcome: 'aborted', message: 'aborted', ...common, points: [] };
  const points = loads.map((load, i) => compareBranches(load, upward[i]!, downward[i]!));
  return { outcome: 'reached-end', message: `reached load ${loads[last]!}`, ...common, points };
}

/**
 * The replica-symmetric learning curve of a problem (see `saddlePoint`): saddle points followed along the loads upward and
 * downward, so that coexisting solutions show. Where they coexist a branch is metastable where it is not the `lowest`; a branch
 * that ends between two loads goes on with the solution that is left, as in a loop of hysteresis.
 *
 * @param problem the problem, and loads α > 0, increasing
 * @throws RangeError or TypeError naming an argument out of its domain
 * @example
 * const curve = generalizationCurve({ activation: relu, gammaDecay: 0.25, noiseVariance: 0.05, loads: [1, 2, 4] });
 * curve.upward[1].generalizationError; // 0.172942041
 */
export function generalizationCurve(problem: CurveProblem): GeneralizationCurve {
  const branches: Branches = { upward: [], downward: [] };
  withoutRest(curveTurns(problem, branches));
  return curveOf(problem, branches);
}

/**
 * As `generalizationCurve`, yielding to the event loop after each point; an abort is an outcome.
 *
 * @throws (as a rejection) RangeError or TypeError naming an argument out of its domain
 * @example
 * const problem = { activation: relu, gammaDecay: 0.25, loads: [1, 2, 4] };
 * await generalizationCurveAsync(problem, { signal: AbortSignal.timeout(5000) });
 */
export async function generalizationCurveAsync(
  problem: CurveProblem,
  control: RunControl = {},
): Promise<GeneralizationCurve> {
  const branches: Branches = { upward: [], downward: [] };
  await runTurns(curveTurns(problem, branches), control);
  return curveOf(problem, branches);
}
