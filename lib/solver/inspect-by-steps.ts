import { LeaveIntegration } from './guard.js';
import type { OdeMethod, Statistics } from './method.js';

const MOST_STEPS = 10_000;

/**
 * Looks inside a step by integrating anew from its start to each place asked for: one shorter step, as a rule, whose error is
 * below that of the whole.
 *
 * The interpolant throws LeaveIntegration where the method comes to no end.
 */
export function inspectBySteps(integrate: OdeMethod['integrate']): OdeMethod['inspect'] {
  return (problem, tolerances, left, right, visit, statistics) => {
    visit(left.time, right.time, (time, out) => {
      out.set(left.state);
      if (!(time > left.time)) return;
      const report = (_time: number, state: ArrayLike<number>): boolean => {
        out.set(state);
        return true;
      };
      const work: Statistics = { steps: 0, rejected: 0, evaluations: 0 }; // its steps are not steps of the run
      const span = { ...problem, until: time };
      const width = time - left.time;
      const ending = integrate(span, tolerances, MOST_STEPS, left, width, report, work);
      statistics.evaluations += work.evaluations;
      if (ending !== 'end' && ending !== 'stopped') throw new LeaveIntegration(ending);
    });
  };
}
