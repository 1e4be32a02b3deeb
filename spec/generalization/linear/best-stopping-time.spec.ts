import { bestStoppingTime } from '../../../lib/generalization/linear/best-stopping-time.js';
import { gradientFlow } from '../../../lib/generalization/linear/gradient-flow.js';
import { linearGeneralization } from '../../../lib/generalization/linear/linear.js';
import { optimalGammaDecay } from '../../../lib/generalization/linear/optimal-decay.js';
import { reference, relativeError as distance } from '../../support/reference.js';

interface StoppingCase {
  readonly load: number;
  readonly noiseVariance: number;
  readonly teacherLength: number;
  readonly time: string;
  readonly generalizationError: string;
}

const { stopping } = reference<never>('linear-generalization') as unknown as {
  stopping: readonly StoppingCase[];
};

describe('bestStoppingTime', () => {
  it.each(stopping)('agrees with the zero of the slope at load $load, S = $noiseVariance', (known) => {
    const { load, noiseVariance, teacherLength } = known;
    const found = bestStoppingTime({ load, noiseVariance, teacherLength });
    // The slope is exact to 1e-13 of its terms, ln τ rounds to 4e-15.
    expect(distance(found.time, known.time)).toBeLessThan(1e-12);
    expect(distance(found.generalizationError, known.generalizationError)).toBeLessThan(2e-14);
  });

  const tasks = [1e-3, 0.5, 1 - 1e-6, 1, 1 + 1e-9, 2, 1e3].flatMap((load) =>
    [1e-10, 0.1, 30].map((noiseVariance) => ({ load, noiseVariance, teacherLength: 0.8 })),
  );

  it.each(tasks)('is the least error along the flow, and above that of the best ridge, for %p', (task) => {
    const { time, generalizationError, relativeError } = bestStoppingTime(task);
    expect(relativeError).toBeLessThan(1e-12);
    for (const factor of [1e-3, 0.3, 0.99, 1.01, 3, 1e3]) {
      const other = gradientFlow({ ...task, time: time * factor });
      // At load 1e3 the error hardly depends on the time once the spectrum has been learned: 1e-13 is rounding.
      expect(other.generalizationError).toBeGreaterThan(generalizationError * (1 - 1e-13));
    }
    const ridge = linearGeneralization({ ...task, gammaDecay: optimalGammaDecay(task) });
    expect(generalizationError).toBeGreaterThan(ridge.generalizationError * (1 - 1e-13));
  });

  it('reaches to the ends of its domain', () => {
    // At α = 1 and little noise τ → ∞, and at much noise the flow is of first order in τ: τ → 1/σ.
    const quiet = bestStoppingTime({ load: 1, noiseVariance: 1e-299 });
    expect(quiet.time).toBeGreaterThan(1e290);
    expect(quiet.time).toBeLessThan(1e299);
    const loud = bestStoppingTime({ load: 3, noiseVariance: 1e299 });
    expect(distance(loud.time, 1e-299)).toBeLessThan(1e-12);
  });

  it('never stops without noise, and says so', () => {
    expect(bestStoppingTime({ load: 0.25, teacherLength: 2 })).toEqual({
      time: Infinity,
      generalizationError: 3,
      relativeError: 0,
      warning: expect.stringMatching(/without label noise/) as string,
    });
  });

  it.each([
    [{ load: 0, noiseVariance: 1 }, '`load` must be a finite number > 0; got 0'],
    [
      { load: 1, noiseVariance: 1e-300 },
      '`noiseVariance` must be 0 or from 1e-299 to 1e299 times teacherLength squared; got 1e-300',
    ],
  ])('refuses %p', (task, message) => {
    expect(() => bestStoppingTime(task)).toThrow(new RangeError(message));
  });
});
