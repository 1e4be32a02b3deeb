import { LeaveIntegration } from './guard.js';
import type { OdeMethod, Statistics, Steps } from './method.js';
import type { Node, OdeProblem, Tolerances } from './problem.js';

/** Steps of a method from a node on; `stepSize` is the first to try, where the caller knows one. */
export type StepTaker = (
  problem: OdeProblem,
  tolerances: Tolerances,
  maxSteps: number,
  start: Node,
  stepSize: number | undefined,
  statistics: Statistics,
) => Steps;

const MOST_INSPECTION_STEPS = 10_000;

/**
 * Looks inside a step by integrating anew from its start to each place asked for: one shorter step, as a rule, whose error is
 * below that of the whole.
 *
 * The interpolant throws LeaveIntegration where the method comes to no end.
 */
export function inspectBySteps(take: StepTaker): OdeMethod['inspect'] {
  return (problem, tolerances, left, right, visit, statistics) => {
    visit(left.time, right.time, (time, out) => {
      out.set(left.state);
      if (!(time > left.time)) return;
      const work: Statistics = { steps: 0, rejected: 0, evaluations: 0 }; // its steps are not steps of the run
      const width = time - left.time;
      const steps = take({ ...problem, until: time }, tolerances, MOST_INSPECTION_STEPS, left, width, work);
      let ending = steps.advance();
      while (ending === undefined) ending = steps.advance();
      out.set(steps.state);
      statistics.evaluations += work.evaluations;
      if (ending !== 'end') throw new LeaveIntegration(ending);
    });
  };
}

/** The whole of a method that can take steps one by one. */
export function methodOfSteps(name: string, take: StepTaker): OdeMethod {
  return {
    name,
    integrate(problem, tolerances, maxSteps, start, stepSize, onStep, statistics) {
      const steps = take(problem, tolerances, maxSteps, start, stepSize, statistics);
      for (;;) {
        const ending = steps.advance();
        if (ending !== undefined) return ending;
        if (!onStep(steps.time, steps.state)) return 'stopped';
      }
    },
    steps: (problem, tolerances, maxSteps, start, statistics) =>
      take(problem, tolerances, maxSteps, start, undefined, statistics),
    inspect: inspectBySteps(take),
  };
}
