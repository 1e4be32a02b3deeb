import { integrateGuarded, LeaveIntegration } from '../guard.js';
import type { OdeMethod } from '../method.js';
import { withInsides } from '../steps/method-of-steps.js';
import type { Tolerances } from '../problem.js';

type SolveODE = (
  derivative: (time: number, state: number[]) => number[],
  span: [number, number],
  start: number[],
  options: { method: 'RK45'; tol: number; firstStep: number; maxStep: number; maxIter: number },
) => { t: number[]; y: number[][] };

// mathjs evaluates its seven stages in order; the first one stands at the end of the last accepted step.
const STAGES = 7;

/** mathjs takes a single absolute tolerance; order parameters are of order one, so the smallest relative one is it. */
function singleTolerance(tolerances: Tolerances): number {
  return Math.min(...tolerances.relative);
}

/** The same as tolerances of each component, for the insides of steps. */
function absoluteTolerances(tolerances: Tolerances): Tolerances {
  const single = singleTolerance(tolerances);
  return { relative: tolerances.relative.map(() => 0), absolute: tolerances.relative.map(() => single) };
}

/**
 * mathjs compares times to 12 digits, and would take an interval that is short beside its ends for an empty one. So it integrates
 * over s from 0 to 1, t = start + s·span.
 */
function integrateWith(solveODE: SolveODE): OdeMethod['integrate'] {
  return (problem, tolerances, { maxSteps, maxStep }, start, stepSize, onStep, statistics) => {
    const span = problem.until - start.time;
    const most = Math.min(maxStep / span, 1);
    return integrateGuarded(problem, start.time, STAGES * (maxSteps + 1), onStep, statistics, (guard) => {
      const report = (time: number, state: number[]): void => {
        if (!guard.accept(time, state)) throw new LeaveIntegration('stopped');
      };
      const derivative = (s: number, state: number[]): number[] => {
        const elapsed = s * span;
        if (guard.evaluations() % STAGES === 0) report(start.time + elapsed, state);
        return Array.from(guard.evaluate(elapsed, state), (slope) => span * slope);
      };
      try {
        const { y } = solveODE(derivative, [0, 1], Array.from(start.state), {
          method: 'RK45',
          // Its measure of the error is that of a slope, here of dy/ds; over a short interval that is the error of y and more.
          tol: Math.max(1, span) * singleTolerance(tolerances),
          firstStep: Math.min((stepSize ?? span) / span, most),
          maxStep: most,
          maxIter: Number.MAX_SAFE_INTEGER, // the guard limits evaluations
        });
        report(problem.until, y.at(-1)!); // mathjs stops within rounding of the end
        return 'end';
      } finally {
        const rejected = Math.ceil(guard.evaluations() / STAGES) - guard.accepted();
        statistics.steps += rejected;
        statistics.rejected += rejected;
      }
    });
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
  const integrate = integrateWith((math as { solveODE: SolveODE }).solveODE);
  return withInsides({ name: 'mathjs-rk45', integrate }, absoluteTolerances);
}
