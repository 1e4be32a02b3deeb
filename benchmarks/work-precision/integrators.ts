import { Dopri } from 'dopri';
import numeric from 'numeric';
import { Solver } from 'odex';
import rk4 from 'ode-rk4';
import cashKarp from 'ode45-cash-karp';
import { implicitExtrapolation, odex, rungeKutta8, solveProblem } from '../../lib/index.js';
import type { OdeMethod, OdeProblem } from '../../lib/index.js';

/** A solver that runs in this process: the state at the end of a problem, to a relative and an absolute tolerance. */
export interface Integrator {
  readonly name: string;
  /** Whether it can solve stiff problems. */
  readonly isStiff: boolean;
  solve(problem: OdeProblem, relative: number, absolute: number): ArrayLike<number>;
}

const MOST_STEPS = 1e6;

function ours(name: string, method: OdeMethod | 'auto', isStiff: boolean): Integrator {
  return {
    name,
    isStiff,
    solve(problem, relative, absolute) {
      const solution = solveProblem(problem, {
        method,
        relativeTolerance: relative,
        absoluteTolerance: absolute,
        maxSteps: MOST_STEPS,
      });
      if (solution.outcome !== 'reached-end') throw new Error(solution.message);
      return solution.points.at(-1)!.state;
    },
  };
}

const rawOdex: Integrator = {
  name: 'odex, bare',
  isStiff: false,
  solve({ derivative, initial, from, until }, relative, absolute) {
    const solver = new Solver(initial.length);
    solver.relativeTolerance = relative;
    solver.absoluteTolerance = absolute;
    solver.maxSteps = MOST_STEPS;
    const out = new Float64Array(initial.length);
    const slope = (time: number, state: number[]): Float64Array => {
      derivative(time, state, out);
      return out;
    };
    return solver.solve(slope, from, Array.from(initial), until).y;
  },
};

/** A right-hand side in the form that gives back a new array. */
function returning({ derivative, initial }: OdeProblem): (time: number, state: number[]) => number[] {
  const out = new Float64Array(initial.length);
  return (time, state) => {
    derivative(time, state, out);
    return Array.from(out);
  };
}

const npmIntegrators: Integrator[] = [
  {
    name: 'dopri',
    isStiff: false,
    solve({ derivative, initial, from, until }, relative, absolute) {
      const solver = new Dopri(
        (time, state, out) => {
          derivative(time, state, out as unknown as Float64Array);
        },
        initial.length,
        { rtol: relative, atol: absolute, maxSteps: MOST_STEPS },
      );
      solver.initialise(from, Array.from(initial));
      return solver.run(until)([until])[0];
    },
  },
  {
    name: 'numeric dopri',
    isStiff: false,
    // It has one absolute tolerance.
    solve(problem, relative) {
      const { from, until, initial } = problem;
      const { y, msg } = numeric.dopri(
        from,
        until,
        Array.from(initial),
        returning(problem),
        relative,
        MOST_STEPS,
      );
      if (msg) throw new Error(msg);
      return y.at(-1)!;
    },
  },
  {
    name: 'ode45-cash-karp',
    isStiff: false,
    // Its tolerance is relative to the state and the change in a step.
    solve({ derivative, initial, from, until }, relative) {
      const options = { tol: relative, verbose: false };
      const slope = (out: Float64Array, state: Float64Array, time: number): void => {
        derivative(time, state, out);
      };
      const integrator = cashKarp(initial.slice(), slope, from, (until - from) * 1e-5, options);
      for (let steps = 0; integrator.step(until); steps++) if (steps > MOST_STEPS) throw new Error('steps');
      return integrator.y;
    },
  },
  {
    name: 'ode-rk4',
    isStiff: false,
    // Steps of one size: their number grows as the fourth root of the accuracy.
    solve({ derivative, initial, from, until }, relative) {
      const count = Math.ceil(30 * (until - from) ** 0.5 * relative ** -0.25);
      const slope = (out: Float64Array, state: Float64Array, time: number): void => {
        derivative(time, state, out);
      };
      const integrator = rk4(initial.slice(), slope, from, (until - from) / count);
      integrator.steps(count);
      return integrator.y;
    },
  },
];

type SolveODE = (
  derivative: (time: number, state: number[]) => number[],
  span: [number, number],
  start: number[],
  options: { method: string; tol: number; maxIter: number },
) => { y: number[][] };

/** mathjs has one absolute tolerance, and keeps all steps. */
async function mathjsIntegrator(): Promise<Integrator> {
  const { solveODE } = (await import('mathjs')) as unknown as { solveODE: SolveODE };
  return {
    name: 'mathjs RK45',
    isStiff: false,
    solve(problem, relative) {
      const { from, until, initial } = problem;
      const options = { method: 'RK45', tol: relative, maxIter: MOST_STEPS };
      return solveODE(returning(problem), [from, until], Array.from(initial), options).y.at(-1)!;
    },
  };
}

/** Everything that runs in this process. */
export async function integrators(): Promise<Integrator[]> {
  return [
    ours('auto', 'auto', true),
    ours(rungeKutta8.name, rungeKutta8, false),
    ours(implicitExtrapolation.name, implicitExtrapolation, true),
    ours(odex.name, odex, false),
    rawOdex,
    await mathjsIntegrator(),
    ...npmIntegrators,
  ];
}
