// Solves an equation of its own, of predators and prey, with the solver layer: the period by events, methods side by side.
import { implicitExtrapolation, odex, rungeKutta8, solveProblem, type OdeProblem } from 'order-parameters';

const problem: OdeProblem = {
  derivative(_time, state, out) {
    const [prey, predators] = [state[0], state[1]];
    out[0] = prey * (1 - predators);
    out[1] = predators * (prey - 1);
  },
  initial: Float64Array.of(2, 1),
  from: 0,
  until: 10,
};

// Once a period there are as many predators as at the start, and more to come.
const start = { name: 'as at the start', value: (_: number, state: ArrayLike<number>) => state[1] - 1 };
const period = solveProblem(problem, { events: [{ ...start, direction: 'rising' }] });
console.log('ended by', period.outcome); // 'event'
console.log('period', period.end); // 6.60848

// prey + predators − ln(prey · predators) stays what it is: how well do methods keep it, at what cost?
const invariant = (state: ArrayLike<number>): number => state[0] + state[1] - Math.log(state[0] * state[1]);
for (const method of [rungeKutta8, odex, implicitExtrapolation]) {
  const solution = solveProblem(problem, { method, relativeTolerance: 1e-8 });
  const drift = invariant(solution.at(10)) - invariant(problem.initial);
  console.log(
    `${method.name}: ${solution.statistics.evaluations} evaluations, drift ${drift.toExponential(1)}`,
  );
}
