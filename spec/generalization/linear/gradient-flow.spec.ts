import { gradientFlow, type GradientFlowPoint } from '../../../lib/generalization/linear/gradient-flow.js';
import { linearGeneralization } from '../../../lib/generalization/linear/linear.js';
import { optimalGammaDecay } from '../../../lib/generalization/linear/optimal-decay.js';
import { reference, relativeError, worst } from '../../support/reference.js';

const quantities = ['gamma', 'overlap', 'generalizationError', 'trainingError'] as const;
type Quantity = (typeof quantities)[number];

interface FlowCase extends Partial<Record<Quantity, string>> {
  readonly load: number;
  readonly time: number;
  readonly noiseVariance: number;
  readonly teacherLength: number;
  readonly gammaDecay: number;
}

const { flow } = reference<never>('linear-generalization') as unknown as { flow: readonly FlowCase[] };
const table = flow.map((known) => {
  const { load, time, noiseVariance, teacherLength, gammaDecay } = known;
  return { known, found: gradientFlow({ load, time, noiseVariance, teacherLength, gammaDecay }) };
});

function worstOf(select: (known: FlowCase) => boolean): number {
  return worst(
    table
      .filter(({ known }) => select(known))
      .flatMap(({ known, found }) =>
        quantities.map((quantity) => {
          const expected = Number(known[quantity] ?? found[quantity]);
          return expected === 0 ? found[quantity] : relativeError(found[quantity], expected);
        }),
      ),
  );
}

/** τx₋, whose rounding enters the residual as a factor e^(−2τx₋). */
function exponent({ load, time }: FlowCase): number {
  return (time * (1 - load) ** 2) / (1 + Math.sqrt(load)) ** 2;
}

describe('gradientFlow', () => {
  it('agrees with integrals over the Marchenko–Pastur density', () => {
    expect(flow.length).toBeGreaterThan(60);
    // Sums of some hundred positive terms; the worst seen is 3e-15.
    expect(worstOf((known) => exponent(known) < 10)).toBeLessThan(1e-14);
  });

  it('keeps the relative precision of what decays exponentially', () => {
    // Exponents up to 2 · 338 here, rounded to a unit of the last place; the worst seen is 2e-14.
    expect(worstOf((known) => exponent(known) >= 10)).toBeLessThan(1e-12);
  });

  it('estimates its error, and the estimate is honest', () => {
    for (const { found } of table) expect(found.relativeError).toBeLessThan(1e-13);
  });

  it('ends at ridge regression, and without decay at the solution of least norm', () => {
    for (const load of [1e-3, 0.5, 1 - 1e-6, 1, 1 + 1e-6, 2, 1e3]) {
      for (const gammaDecay of [0, 1e-10, 0.3]) {
        const task = { load, gammaDecay, noiseVariance: 0.2, teacherLength: 1.3 };
        const end = gradientFlow({ ...task, time: Infinity });
        expect(end).toMatchObject(withoutSusceptibility(task));
        if (load === 1 && gammaDecay === 0) continue;
        // The slowest mode is left with e^(−1400), and the quadrature is still in use.
        const time = 1400 / (load * gammaDecay + ((1 - load) / (1 + Math.sqrt(load))) ** 2);
        const late = gradientFlow({ ...task, time });
        expect(late.relativeError).toBeGreaterThan(0);
        compare(late, linearGeneralization(task), 2e-14);
      }
    }
    expect(gradientFlow({ load: 1, noiseVariance: 0.1, time: Infinity })).toMatchObject({
      generalizationError: Infinity,
      warning: expect.stringMatching(/diverge/) as string,
    });
  });

  it('starts from w = 0 along Xᵀt', () => {
    for (const load of [1e-3, 1, 7]) {
      const task = { load, noiseVariance: 0.3, teacherLength: 2 };
      const moment = 4 * (1 + load) + 0.3;
      const start = gradientFlow({ ...task, time: 0 });
      expect(start.gamma).toBe(0);
      expect(relativeError(start.generalizationError, 4)).toBeLessThan(2e-14);
      expect(relativeError(start.trainingError, 4.3)).toBeLessThan(2e-14);
      expect(relativeError(start.overlap, 2 * Math.sqrt(load / moment))).toBeLessThan(2e-14);
      for (const gammaDecay of [0, 1e280]) {
        const time = 1e-290;
        const soon = gradientFlow({ ...task, gammaDecay, time });
        expect(relativeError(soon.gamma, time * Math.sqrt(load * moment))).toBeLessThan(1e-8);
        expect(relativeError(soon.overlap, start.overlap)).toBeLessThan(2e-14);
      }
    }
  });

  it('is monotone where it must be', () => {
    const times = Array.from({ length: 120 }, (_, k) => 10 ** (-3 + k / 10));
    for (const load of [0.4, 1, 1.0001, 3]) {
      const points = times.map((time) => gradientFlow({ load, time, noiseVariance: 0.2 }));
      points.slice(1).forEach((point, k) => {
        // 1e-13: rounding, once the flow stands still.
        expect(point.trainingError).toBeLessThanOrEqual(points[k].trainingError * (1 + 1e-13));
        expect(point.gamma).toBeGreaterThanOrEqual(points[k].gamma * (1 - 1e-13));
        const best = optimalGammaDecay({ load, noiseVariance: 0.2 });
        const ridge = linearGeneralization({ load, noiseVariance: 0.2, gammaDecay: best });
        expect(point.generalizationError).toBeGreaterThan(ridge.generalizationError);
      });
    }
  });

  it.each([
    [{ load: -1, time: 1 }, '`load` must be a finite number > 0; got -1'],
    [{ load: 1, time: -1 }, '`time` must be a number from 0 to 1e+300, or Infinity; got -1'],
    [{ load: 1, time: NaN }, '`time` must be a number from 0 to 1e+300, or Infinity; got NaN'],
    [{ load: 1, time: 1, gammaDecay: -2 }, '`gammaDecay` must be a finite number >= 0; got -2'],
  ])('refuses %p', (options, message) => {
    expect(() => gradientFlow(options)).toThrow(new RangeError(message));
  });

  it('refuses a time that is not a number', () => {
    const time = '3' as unknown as number;
    expect(() => gradientFlow({ load: 1, time })).toThrow(
      new TypeError('`time` must be a number from 0 to 1e+300, or Infinity; got "3"'),
    );
  });
});

function withoutSusceptibility(task: Parameters<typeof linearGeneralization>[0]): object {
  const { load, gamma, overlap, generalizationError, trainingError } = linearGeneralization(task);
  return { load, gamma, overlap, generalizationError, trainingError };
}

function compare(found: GradientFlowPoint, expected: Record<Quantity, number>, tolerance: number): void {
  for (const quantity of quantities) {
    // A residual of exactly 0 may be left below any double.
    if (expected[quantity] === 0) expect(found[quantity]).toBeLessThan(1e-300);
    else expect(relativeError(found[quantity], expected[quantity])).toBeLessThan(tolerance);
  }
}
