import { linearGeneralization } from '../../../lib/generalization/linear/linear.js';
import {
  batchSizeOfOptimalDecay,
  optimalGammaDecay,
} from '../../../lib/generalization/linear/optimal-decay.js';
import { relativeError } from '../../support/reference.js';

const tasks = [0.2, 0.999, 1, 1.5, 20].flatMap((load) =>
  [
    [0.1, 1],
    [2, 0.4],
    [1e-3, 3],
  ].map(([noiseVariance, teacherLength]) => ({
    load,
    noiseVariance: noiseVariance,
    teacherLength: teacherLength,
  })),
);

describe('optimalGammaDecay', () => {
  it.each(tasks)('is the stationary point of the error for %p', (task) => {
    const best = optimalGammaDecay(task);
    const errorAt = (step: number): number =>
      linearGeneralization({ ...task, gammaDecay: best * (1 + step) }).generalizationError;
    const least = errorAt(0);
    // slope/curvature is the distance of the minimum in ln ζ, up to O(h²) of the differences: 0.5 %.
    const h = 0.03;
    const slope = (errorAt(h) - errorAt(-h)) / (2 * h);
    const curvature = (errorAt(h) - 2 * least + errorAt(-h)) / h ** 2;
    expect(curvature).toBeGreaterThan(0);
    expect(Math.abs(slope)).toBeLessThan(5 * h ** 2 * curvature);
    for (const factor of [-0.9, -0.3, 0.5, 9, 1e3]) expect(errorAt(factor)).toBeGreaterThan(least);
  });

  it.each(tasks)('leaves the error SV for %p', (task) => {
    const { generalizationError, susceptibility } = linearGeneralization({
      ...task,
      gammaDecay: optimalGammaDecay(task),
    });
    expect(relativeError(generalizationError, task.noiseVariance * susceptibility)).toBeLessThan(1e-14);
  });

  it('is 0 without noise', () => {
    expect(optimalGammaDecay({ load: 3 })).toBe(0);
    expect(() => optimalGammaDecay({ load: -3 })).toThrow('`load` must be a finite number > 0; got -3');
  });
});

describe('batchSizeOfOptimalDecay', () => {
  it('is where 3/(4M) is the optimal decay', () => {
    for (const task of tasks) {
      expect(relativeError(3 / (4 * batchSizeOfOptimalDecay(task)), optimalGammaDecay(task))).toBeLessThan(
        1e-15,
      );
    }
  });

  it('needs noise', () => {
    expect(() => batchSizeOfOptimalDecay({ load: 2, noiseVariance: 0 })).toThrow(
      new RangeError('`noiseVariance` must be a finite number > 0; got 0'),
    );
  });
});
