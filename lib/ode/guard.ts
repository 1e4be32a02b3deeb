import type { MethodEnding, OdeMethod, Statistics } from './method.js';
import type { OdeProblem } from './problem.js';

/** Thrown inside a method to leave it, caught by the method's adapter, never seen outside. */
export class LeaveIntegration extends Error {
  readonly reason: Exclude<MethodEnding, 'end'>;
  constructor(reason: Exclude<MethodEnding, 'end'>) {
    super(reason);
    this.reason = reason;
  }
}

/** A right-hand side that a method may call without ever seeing a value that is not finite. */
export interface GuardedDerivative {
  /** f at a time counted from the start. */
  readonly evaluate: (elapsed: number, state: ArrayLike<number>) => Float64Array;
  /** Reports an accepted step that ends later than those before; false where the method is to stop. */
  accept(time: number, state: ArrayLike<number>): boolean;
  /** Steps that were accepted. */
  accepted(): number;
  /** How often it was evaluated. */
  evaluations(): number;
}

// Any method takes this for an enormous error and tries a smaller step; its square over a tolerance overflows to
// Infinity, never to NaN.
const REPELLING = 1e200;
// A step is halved after at most two refusals, so that after this many it has shrunk by more than 2^-60.
const PATIENCE = 120;

/**
 * Guards a problem's right-hand side.
 *
 * odex accepts steps with NaN in them and then runs to its step limit. So a derivative that is not finite is replaced by
 * one that makes the method shrink its step; when it is not finite at an accepted state, or after many attempts
 * without an accepted step, the integration is left with the reason `not-finite`. An evaluation limit leaves it with
 * `step-limit`, since odex counts no steps while it shrinks the first one.
 */
function guardedDerivative(
  problem: OdeProblem,
  startTime: number,
  evaluationLimit: number,
  onStep: Parameters<OdeMethod['integrate']>[5],
): GuardedDerivative {
  const { derivative, until } = problem;
  const dimension = problem.initial.length;
  const out = new Float64Array(dimension);
  let lastTime = startTime;
  let refusals = 0;
  let previousTime = NaN;
  let evaluations = 0;
  let accepted = 0;

  function evaluate(elapsed: number, state: ArrayLike<number>): Float64Array {
    if (++evaluations > evaluationLimit) throw new LeaveIntegration('step-limit');
    // The sum may round to beyond the end.
    const time = Math.min(startTime + elapsed, until);
    derivative(time, state, out);
    // One test for all components: a sum is finite only if they are, or overflows, and then each is looked at.
    let sum = 0;
    for (let i = 0; i < dimension; i++) sum += out[i]!;
    if (Number.isFinite(sum) || out.every(Number.isFinite)) return out;
    refuse(time);
    return out.fill(REPELLING);
  }

  function refuse(time: number): void {
    if (time === lastTime) throw new LeaveIntegration('not-finite');
    // One trial step evaluates at many times; a new attempt begins where time goes back.
    if (!(time > previousTime) && ++refusals > PATIENCE) throw new LeaveIntegration('not-finite');
    previousTime = time;
  }
  return {
    evaluate,
    evaluations: () => evaluations,
    accepted: () => accepted,
    accept(time, state) {
      if (time <= lastTime) return true; // the start itself
      lastTime = time;
      refusals = 0;
      accepted++;
      return onStep(time, state);
    },
  };
}

/** Integrates by a solver of another package behind a guard; what was accepted and evaluated is added to the statistics. */
export function integrateGuarded(
  problem: OdeProblem,
  startTime: number,
  evaluationLimit: number,
  onStep: Parameters<OdeMethod['integrate']>[5],
  statistics: Statistics,
  solve: (guard: GuardedDerivative) => MethodEnding,
): MethodEnding {
  const guard = guardedDerivative(problem, startTime, evaluationLimit, onStep);
  try {
    return solve(guard);
  } catch (error) {
    if (!(error instanceof LeaveIntegration)) throw error;
    return error.reason;
  } finally {
    statistics.steps += guard.accepted();
    statistics.evaluations += guard.evaluations();
  }
}
