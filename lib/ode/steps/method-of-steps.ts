import type { OdeMethod, Statistics } from '../method.js';
import type { Node, StepLimits, Tolerances } from '../problem.js';
import { resolvedInside } from './resolved-inside.js';

/** Steps of a method from a node on; `stepSize` is the first to try, where the caller knows one. */
export type StepTaker = NonNullable<OdeMethod['steps']>;

const MOST_STEPS_INSIDE = 10_000;

/**
 * The insides of the steps of a method that can integrate: by collocation, and by its own steps between.
 *
 * @param tolerancesInside what the states at the ends of its steps are good to, where that is not what it is told
 */
function insideByIntegration(
  method: Pick<OdeMethod, 'integrate'>,
  tolerancesInside = (tolerances: Tolerances): Tolerances => tolerances,
): OdeMethod['inside'] {
  return (problem, tolerances, left, right, statistics) => {
    const work: Statistics = { steps: 0, rejected: 0, evaluations: 0 }; // its steps are not steps of the run
    const limits: StepLimits = { maxSteps: MOST_STEPS_INSIDE, maxStep: Infinity };

    function stateAt(from: Node, time: number): Float64Array | undefined {
      const state = from.state.slice();
      const keep = (_time: number, reached: ArrayLike<number>): boolean => {
        state.set(reached);
        return true;
      };
      const part = { ...problem, until: time };
      const ending = method.integrate(part, tolerances, limits, from, time - from.time, keep, work);
      return ending === 'end' ? state : undefined;
    }

    const inside = resolvedInside(problem, tolerancesInside(tolerances), left, right, work, stateAt);
    statistics.evaluations += work.evaluations;
    return inside;
  };
}

/** The whole of a method that can integrate. */
export function withInsides(
  method: Omit<OdeMethod, 'inside'>,
  tolerancesInside?: (tolerances: Tolerances) => Tolerances,
): OdeMethod {
  return { ...method, inside: insideByIntegration(method, tolerancesInside) };
}

/** The whole of a method that can take steps one by one. */
export function methodOfSteps(name: string, take: StepTaker): OdeMethod {
  return withInsides({
    name,
    steps: take,
    integrate(problem, tolerances, limits, start, stepSize, onStep, statistics) {
      const steps = take(problem, tolerances, limits, start, stepSize, statistics);
      for (;;) {
        const ending = steps.advance();
        if (ending !== undefined) return ending;
        if (!onStep(steps.time(), steps.state(), steps.inside)) return 'stopped';
      }
    },
  });
}
