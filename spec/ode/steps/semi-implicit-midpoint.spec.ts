import { denseLu } from '../../../lib/numerics/dense-lu.js';
import { semiImplicitMidpoint } from '../../../lib/ode/steps/semi-implicit-midpoint.js';
import type { OdeProblem } from '../../../lib/ode/problem.js';

const tolerances = { relative: [1e-8, 1e-8], absolute: [1e-10, 1e-10] };

/** y = (tan t, sec t), with a share of the slope that depends on time alone. */
const tangent: OdeProblem = {
  derivative: (t, y, out) => {
    out[0] = 0.5 * (y[1] * y[1] + 1 / Math.cos(t) ** 2);
    out[1] = y[0] * y[1];
  },
  initial: Float64Array.of(0.1003346720854505, 1.0050209184004555), // at t = 0.1
  from: 0.1,
  until: 1,
};

function advance(problem: OdeProblem, h: number, substeps: number): Float64Array {
  const rule = semiImplicitMidpoint(problem, tolerances);
  const out = new Float64Array(problem.initial.length);
  rule.linearize(problem.from, problem.initial, h);
  expect(rule.advance(problem.from, problem.initial, h, substeps, out)).toBe(true);
  return out;
}

describe('the semi-implicit midpoint rule', () => {
  it('has an error in even powers of the substep only', () => {
    const exact = Math.tan(0.5);
    const [two, six, ten] = [2, 6, 10].map((substeps) => advance(tangent, 0.4, substeps)[0] - exact);
    // The leading power is the second …
    const eta = (substeps: number): number => (0.4 / substeps) ** 2;
    expect(six / ten / (eta(6) / eta(10))).toBeGreaterThan(0.9);
    expect(six / ten / (eta(6) / eta(10))).toBeLessThan(1.1);
    // … and a fit of η² and η⁴ to the first two foretells the third to a twentieth, where an odd power would spoil it:
    // what is left is of order η⁶, (0.04)³ against (0.0016), and the coefficients here are of order one.
    const fourth = (two / eta(2) - six / eta(6)) / (eta(2) - eta(6));
    const second = six / eta(6) - fourth * eta(6);
    const foretold = second * eta(10) + fourth * eta(10) ** 2;
    expect(Math.abs(foretold / ten - 1)).toBeLessThan(0.05);
    expect(Math.abs(foretold - ten)).toBeLessThan(0.2 * Math.abs(second * eta(10) - ten));
  });

  it('damps a component that is infinitely fast', () => {
    const stiff: OdeProblem = {
      derivative: (_t, y, out) => {
        out[0] = -1e9 * (y[0] - 1);
        out[1] = -y[1];
      },
      initial: Float64Array.of(2, 1),
      from: 0,
      until: 1,
    };
    const out = advance(stiff, 0.5, 10);
    // The rule leaves 1/(1 + ηλ)² or so of the distance, ηλ = 5e7; differences give J to 1e-8.
    expect(Math.abs(out[0] - 1)).toBeLessThan(1e-6);
    // The other component has the error of a second-order rule: less than η².
    expect(Math.abs(out[1] - Math.exp(-0.5))).toBeLessThan(0.05 ** 2);
  });

  it('follows a fast component that is driven in time', () => {
    // y′ = −λ(y − cos t) stays near y = (λ² cos t + λ sin t)/(λ² + 1), where f is of order one and ∂f/∂t of order λ.
    const rate = 1e6;
    const exact = (t: number): number => (rate * rate * Math.cos(t) + rate * Math.sin(t)) / (rate * rate + 1);
    const driven: OdeProblem = {
      derivative: (t, y, out) => void (out[0] = -rate * (y[0] - Math.cos(t))),
      initial: Float64Array.of(exact(1)),
      from: 1,
      until: 2,
    };
    // Of second order in η = 0.1 for what is not damped, a share 1/λ; a rule that leaves ∂f/∂t out is off by η/λ.
    expect(Math.abs(advance(driven, 0.2, 2)[0] - exact(1.2))).toBeLessThan(0.1 ** 2 / rate);
  });

  it('counts its evaluations', () => {
    let calls = 0;
    const counted: OdeProblem = {
      ...tangent,
      derivative: (t, y, out) => {
        calls++;
        tangent.derivative(t, y, out);
      },
    };
    const rule = semiImplicitMidpoint(counted, tolerances);
    rule.linearize(0.1, tangent.initial, 0.1);
    rule.advance(0.1, tangent.initial, 0.1, 6, new Float64Array(2));
    expect(rule.evaluations()).toBe(calls);
    expect(calls).toBe(1 + 2 + 1 + 6);
  });

  it('says where it ends in numbers that are not finite', () => {
    const broken: OdeProblem = {
      ...tangent,
      derivative: (t, y, out) => {
        tangent.derivative(t, y, out);
        if (t > 0.2) out.fill(NaN);
      },
    };
    const rule = semiImplicitMidpoint(broken, tolerances);
    rule.linearize(0.1, tangent.initial, 0.4);
    expect(rule.advance(0.1, tangent.initial, 0.4, 2, new Float64Array(2))).toBe(false);
  });
});

describe('the dense triangles', () => {
  it('solve a system that needs its rows exchanged twice', () => {
    const lu = denseLu(3);
    const a = [0, 2, 1, 1, 1, 1, 4, -1, 3];
    lu.matrix.set(a);
    expect(lu.factorize()).toBe(true);
    const x = Float64Array.of(1, -2, 3);
    const b = Float64Array.from(
      [0, 1, 2],
      (i) => a[3 * i] * x[0] + a[3 * i + 1] * x[1] + a[3 * i + 2] * x[2],
    );
    lu.solve(b);
    // Entries and condition number are of order one: a few roundings.
    b.forEach((value, i) => {
      expect(Math.abs(value - x[i])).toBeLessThan(1e-14);
    });
  });

  it('say that a matrix is singular, or not finite', () => {
    const lu = denseLu(2);
    lu.matrix.set([1, 2, 2, 4]);
    expect(lu.factorize()).toBe(false);
    lu.matrix.set([NaN, 2, 2, 4]);
    expect(lu.factorize()).toBe(false);
  });
});
