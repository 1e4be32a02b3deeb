import { guardedDerivative, LeaveIntegration, type GuardedDerivative } from './guard.js';
import type { MethodEnding, OdeMethod } from './method.js';
import type { OdeProblem, Tolerances } from './problem.js';

type SolveODE = (
  derivative: (time: number, state: number[]) => number[],
  span: [number, number],
  start: number[],
  options: { method: 'RK45'; tol: number; firstStep?: number; maxIter: number },
) => { t: number[]; y: number[][] };

// mathjs evaluates its seven stages in order; the first one stands at the end of the last accepted step.
const STAGES = 7;
const INSPECTION_FACTOR = 0.1;

/** mathjs takes a single absolute tolerance; order parameters are of order one, so the smallest relative one is it. */
function singleTolerance(tolerances: Tolerances): number {
  return Math.min(...tolerances.relative);
}

function evaluationLimit(maxSteps: number): number {
  return STAGES * (maxSteps + 1);
}

/** The end state of an integration by mathjs from one time to another. */
function endState(
  solveODE: SolveODE,
  guard: GuardedDerivative,
  problem: OdeProblem,
  to: number,
  tol: number,
): number[] {
  const maxIter = Number.MAX_SAFE_INTEGER; // the guard limits evaluations
  const { y } = solveODE(
    (time, state) => Array.from(guard.evaluate(time, state)),
    [problem.from, to],
    Array.from(problem.initial),
    { method: 'RK45', tol, maxIter },
  );
  return y.at(-1)!;
}

function methodWith(solveODE: SolveODE): OdeMethod {
  return {
    name: 'mathjs-rk45',

    integrate(problem, tolerances, maxSteps, start, stepSize, onStep, statistics): MethodEnding {
      const guard = guardedDerivative(problem, start.time, evaluationLimit(maxSteps));
      let lastTime = start.time;
      let accepted = 0;
      const report = (time: number, state: number[]): void => {
        if (time <= lastTime) return;
        lastTime = time;
        accepted++;
        guard.accepted(time);
        if (!onStep(time, state)) throw new LeaveIntegration('stopped');
      };
      const derivative = (time: number, state: number[]): number[] => {
        if (guard.evaluations % STAGES === 0) report(time, state);
        return Array.from(guard.evaluate(time, state));
      };
      try {
        const { t, y } = solveODE(derivative, [start.time, problem.until], Array.from(start.state), {
          method: 'RK45',
          tol: singleTolerance(tolerances),
          ...(stepSize === undefined ? {} : { firstStep: Math.min(stepSize, problem.until - start.time) }),
          maxIter: Number.MAX_SAFE_INTEGER, // the guard limits evaluations
        });
        // mathjs stops within rounding of the end.
        report(Math.max(t.at(-1)!, problem.until), y.at(-1)!);
        return 'end';
      } catch (error) {
        if (!(error instanceof LeaveIntegration)) throw error;
        return error.reason;
      } finally {
        const tried = Math.ceil(guard.evaluations / STAGES);
        statistics.steps += tried;
        statistics.rejected += tried - accepted;
        statistics.evaluations += guard.evaluations;
      }
    },

    inspect(problem, tolerances, left, right, visit, statistics) {
      const span: OdeProblem = { ...problem, initial: left.state, from: left.time, until: right.time };
      const guard = guardedDerivative(span, left.time, evaluationLimit(10_000));
      const tol = INSPECTION_FACTOR * singleTolerance(tolerances);
      visit(left.time, right.time, (time, out) => {
        out.set(time > left.time ? endState(solveODE, guard, span, time, tol) : left.state);
      });
      statistics.evaluations += guard.evaluations;
    },
  };
}

/**
 * The Dormand–Prince pair RK5(4)7M as mathjs's solveODE has it: a second method, for cross-checks. It is slower than
 * `odex` by orders of magnitude and knows one absolute tolerance only, for which the smallest relative tolerance stands.
 *
 * mathjs takes about a second to load and is loaded here, at the first call.
 *
 * @example
 * const method = await mathjsRungeKutta();
 * method.name; // 'mathjs-rk45'
 */
export async function mathjsRungeKutta(): Promise<OdeMethod> {
  // mathjs exports solveODE ready-made, but its declarations do not know it.
  const math: unknown = await import('mathjs');
  return methodWith((math as { solveODE: SolveODE }).solveODE);
}
