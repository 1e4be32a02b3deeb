import { collocation } from '../../../lib/ode/steps/collocation.js';
import { dormandPrince8 } from '../../../lib/ode/steps/dormand-prince-8.js';
import { NODES } from '../../../lib/ode/steps/lobatto.js';
import type { OdeProblem } from '../../../lib/ode/problem.js';
import { rungeKutta8 } from '../../../lib/ode/methods/runge-kutta-8.js';
import { solveProblem } from '../../../lib/ode/solve-problem.js';
import { writtenAttempt } from '../../../lib/ode/steps/written-step.js';

/** One step from time 0: the new state, and the error over a tolerance of one. */
function oneStep(
  derivative: OdeProblem['derivative'],
  initial: Float64Array,
  h: number,
): { next: Float64Array; error: number; stiffness: number } {
  const tolerances = { relative: initial.map(() => 1e-300), absolute: initial.map(() => 1) };
  const problem = { derivative, initial, from: 0, until: h };
  const step = dormandPrince8(problem, {
    relative: Array.from(tolerances.relative),
    absolute: Array.from(tolerances.absolute),
  });
  derivative(0, initial, step.slope);
  const error = step.attempt(0, initial, h);
  const next = step.next.slice();
  return { next, error, stiffness: step.accept(0, h) };
}

describe('the step of order 8', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7])('integrates t^%p exactly', (power) => {
    const { next, error } = oneStep((t, _y, out) => void out.fill(t ** power), Float64Array.of(0), 1.5);
    // The weights add up to one with terms up to 5.8, coefficients being rounded: a few 1e-15 relative to them.
    expect(Math.abs(next[0] / (1.5 ** (power + 1) / (power + 1)) - 1)).toBeLessThan(2e-14);
    // The embedded formulas have orders 5 and 3: their error shows from t³ on.
    if (power < 3) expect(error).toBeLessThan(1e-13);
  });

  it('does not integrate t⁸ exactly', () => {
    const { next } = oneStep((t, _y, out) => void out.fill(t ** 8), Float64Array.of(0), 1);
    expect(Math.abs(next[0] * 9 - 1)).toBeGreaterThan(1e-6);
  });

  it('agrees with the exponential up to the power 8 of λh', () => {
    // Divided differences of the amplification factor at small steps: the remainder is (λh)⁹ times a constant below 1.
    for (const h of [0.25, 0.5, -0.5, -1]) {
      const { next } = oneStep((_t, y, out) => void (out[0] = y[0]), Float64Array.of(1), h);
      expect(Math.abs(next[0] - Math.exp(h))).toBeLessThan(Math.abs(h) ** 9 / 100_000);
    }
  });

  it('evaluates each stage where its state stands: rows of coefficients add up to their times', () => {
    // y = t solves this; a stage whose y − t is not zero makes every later slope wrong.
    const { next, error } = oneStep(
      (t, y, out) => void (out[0] = 1 + 10 * (y[0] - t)),
      Float64Array.of(0),
      1,
    );
    // Roundings of 1e-16, which eleven stages with weights up to 43 and this rate raise by some 1e4: 1e-12. A change in the
    // seventh digit of a coefficient shows a thousandfold.
    expect(Math.abs(next[0] - 1)).toBeLessThan(1e-11);
    expect(error).toBeLessThan(1e-11);
  });

  it('has local errors that fall as h⁹ on a nonlinear system of two equations that depends on time', () => {
    // y = (tan t, sec t): y₁′ = y₂², y₂′ = y₁y₂, and a share of the slope written as a function of t alone.
    const derivative: OdeProblem['derivative'] = (t, y, out) => {
      out[0] = 0.5 * (y[1] * y[1] + 1 / Math.cos(t) ** 2);
      out[1] = y[0] * y[1];
    };
    const errors = [0.4, 0.2, 0.1].map((h) => {
      const { next } = oneStep(derivative, Float64Array.of(0, 1), h);
      return Math.hypot(next[0] - Math.tan(h), next[1] - 1 / Math.cos(h));
    });
    // Observed orders approach 9; half an order is left for terms of the next power.
    const orders = [Math.log2(errors[0] / errors[1]), Math.log2(errors[1] / errors[2])];
    expect(orders[0]).toBeGreaterThan(8.5);
    expect(orders[1]).toBeGreaterThan(8.5);
    expect(orders[1]).toBeLessThan(9.9);
  });

  it('estimates an error that falls as h⁸', () => {
    const logistic: OdeProblem['derivative'] = (_t, y, out) => void (out[0] = y[0] * (1 - y[0]));
    const [coarse, fine] = [0.1, 0.05].map((h) => oneStep(logistic, Float64Array.of(0.2), h).error);
    // e₅²/√(e₅² + 0.01e₃²) with e₅ ~ h⁶ and e₃ ~ h⁴, the errors of the embedded formulas of orders 5 and 3; half an order for
    // terms of the next power.
    expect(Math.abs(Math.log2(coarse / fine) - 8)).toBeLessThan(0.5);
  });

  it('tells h times the largest rate', () => {
    // One fast and one slow component; the fast one is what parts the two slopes.
    const { stiffness } = oneStep(
      (_t, y, out) => {
        out[0] = -40 * y[0];
        out[1] = -0.1 * y[1];
      },
      Float64Array.of(1, 1),
      0.05,
    );
    expect(stiffness).toBeCloseTo(2, 6);
  });
});

describe('the states inside the step, by its stages', () => {
  /** Errors at the inner nodes of a step from 0 to h. */
  function errorsInside(
    derivative: OdeProblem['derivative'],
    exact: (time: number) => number[],
    h: number,
  ): number[] {
    const initial = Float64Array.from(exact(0));
    const n = initial.length;
    const problem: OdeProblem = { derivative, initial, from: 0, until: h };
    const tolerances = { relative: exact(0).map(() => 1), absolute: exact(0).map(() => 1) };
    const step = dormandPrince8(problem, tolerances);
    derivative(0, initial, step.slope);
    step.attempt(0, initial, h);
    const right = { time: h, state: step.next.slice() };
    step.accept(0, h);
    const inner = collocation(problem, tolerances, 'pinned', { steps: 0, rejected: 0, evaluations: 0 });
    const left = { time: 0, state: initial };
    inner.begin(left, right, step.firstSlope, step.slope);
    step.guess(left, right, inner);
    return Array.from(NODES, (x, j) => {
      const there = exact(h * (0.5 + 0.5 * x));
      return Math.hypot(...there.map((value, i) => value - inner.states[n * j + i]));
    }).slice(1, -1);
  }

  it.each([0, 1, 2, 3, 4, 5, 6])('integrate t^%p exactly', (power) => {
    const exact = (t: number): number[] => [t ** (power + 1) / (power + 1)];
    const errors = errorsInside((t, _y, out) => void out.fill(t ** power), exact, 1);
    // Sums of terms up to 400 that come to 1: a few hundred roundings of 1e-16.
    expect(Math.max(...errors)).toBeLessThan(2e-13);
  });

  it('do not integrate t⁸ exactly', () => {
    const errors = errorsInside(
      (t, _y, out) => void out.fill(t ** 8),
      (t) => [t ** 9 / 9],
      1,
    );
    expect(Math.min(...errors)).toBeGreaterThan(1e-6);
  });

  it('have errors that fall as h⁸ on a nonlinear system of two equations that depends on time', () => {
    const errors = [0.4, 0.2, 0.1].map((h) =>
      Math.max(
        ...errorsInside(
          (t, y, out) => {
            out[0] = 0.5 * (y[1] * y[1] + 1 / Math.cos(t) ** 2);
            out[1] = y[0] * y[1];
          },
          (t) => [Math.tan(t), 1 / Math.cos(t)],
          h,
        ),
      ),
    );
    // Observed orders approach 8; half an order is left for terms of the next powers.
    for (const order of [Math.log2(errors[0] / errors[1]), Math.log2(errors[1] / errors[2])]) {
      expect(order).toBeGreaterThan(7.5);
      expect(order).toBeLessThan(9.2);
    }
  });
});

describe('straight-line code and loops', () => {
  it('make the same step of a nonlinear system of three equations', () => {
    const problem: OdeProblem = {
      derivative: (t, y, out) => {
        out[0] = y[1] * y[2] + Math.sin(t);
        out[1] = -y[0] * y[2];
        out[2] = -0.5 * y[0] * y[1] - 0.1 * y[2];
      },
      initial: Float64Array.of(0.3, 1, -0.8),
      from: 0.2,
      until: 1,
    };
    const tolerances = { relative: [1e-6, 1e-5, 1e-7], absolute: [1e-9, 1e-8, 1e-7] };
    const [straight, looped] = [true, false].map((isStraight) => {
      const buffer = (): Float64Array => new Float64Array(3);
      const buffers = {
        stage: buffer(),
        stageSlope: buffer(),
        slope: buffer(),
        next: buffer(),
        slopes: Array.from({ length: 16 }, buffer),
      };
      problem.derivative(0.2, problem.initial, buffers.slope);
      const error = writtenAttempt(problem, tolerances, buffers, isStraight)(0.2, problem.initial, 0.7);
      return { error, ...buffers };
    });
    // The same operations but for the order of sums: roundings of terms up to 43.
    straight.next.forEach((value, i) => {
      expect(Math.abs(value - looped.next[i])).toBeLessThan(1e-13);
    });
    straight.stage.forEach((value, i) => {
      expect(Math.abs(value - looped.stage[i])).toBeLessThan(1e-13);
    });
    // The error estimates are differences of about 1e-7 of them.
    expect(straight.error / looped.error).toBeCloseTo(1, 5);
  });

  it('are both behind the method: many equations at once are solved as well', () => {
    const many: OdeProblem = {
      derivative: (_t, y, out) => {
        for (let i = 0; i < out.length; i++) out[i] = -(i + 1) * y[i];
      },
      initial: new Float64Array(20).fill(1),
      from: 0,
      until: 1,
    };
    const end = solveProblem(many, { method: rungeKutta8 }).at(1);
    // 1e-10 a step of a size of one, over some tens of steps.
    end.forEach((value, i) => {
      expect(Math.abs(value - Math.exp(-(i + 1)))).toBeLessThan(1e-9);
    });
  });
});
