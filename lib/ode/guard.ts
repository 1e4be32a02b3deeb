import { isFiniteVector } from '../numerics/vectors.js';
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
export interface Guard {
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
 * Integrates by a solver of another package with a guard around the right-hand side; what was accepted and evaluated is added to the
 * statistics.
 *
 * odex accepts steps with NaN in them and then runs to its step limit. So a derivative that is not finite is replaced by
 * one that makes the method shrink its step; when it is not finite at an accepted state, or after many attempts
 * without an accepted step, the integration is left with the reason `not-finite`. An evaluation limit leaves it with
 * `step-limit`, since odex counts no steps while it shrinks the first one.
 */
export function integrateGuarded(
  { derivative, until, initial }: OdeProblem,
  startTime: number,
  evaluationLimit: number,
  onStep: Parameters<OdeMethod['integrate']>[5],
  statistics: Statistics,
  solve: (guard: Guard) => MethodEnding,
): MethodEnding {
  const out = new Float64Array(initial.length);
  let lastTime = startTime;
  let refusals = 0;
  let previousTime = NaN;
  let evaluations = 0;
  let accepted = 0;

  function refuse(time: number): void {
    if (time === lastTime) throw new LeaveIntegration('not-finite');
    // One trial step evaluates at many times; a new attempt begins where time goes back.
    if (!(time > previousTime) && ++refusals > PATIENCE) throw new LeaveIntegration('not-finite');
    previousTime = time;
  }

  const guard: Guard = {
    evaluations: () => evaluations,
    accepted: () => accepted,
    evaluate(elapsed, state) {
      if (++evaluations > evaluationLimit) throw new LeaveIntegration('step-limit');
      // The sum may round to beyond the end.
      const time = Math.min(startTime + elapsed, until);
      derivative(time, state, out);
      if (isFiniteVector(out)) return out;
      refuse(time);
      return out.fill(REPELLING);
    },
    accept(time, state) {
      if (time <= lastTime) return true; // the start itself
      lastTime = time;
      refusals = 0;
      accepted++;
      return onStep(time, state);
    },
  };

  try {
    return solve(guard);
  } catch (error) {
    if (!(error instanceof LeaveIntegration)) throw error;
    return error.reason;
  } finally {
    statistics.steps += accepted;
    statistics.evaluations += evaluations;
  }
}
