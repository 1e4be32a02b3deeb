import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { learningRates } from '../../lib/stability/learning-rates.js';
import { relativeError } from '../support/reference.js';
import { familyOf, learningRateTable, limitOf, nameOf } from './families.js';

const WN = 'weight-normalization';

function agree(value: number | undefined, expected: string | null): void {
  if (expected === null) expect(value).toBeUndefined();
  // The root finder stops within two units in the last place.
  else expect(relativeError(value!, expected)).toBeLessThan(1e-12);
}

describe.each(learningRateTable.normalized.map((entry) => ({ ...entry, name: nameOf(entry) })))(
  'learning rates of $name, against 30 digits',
  (entry) => {
    // Neither the learning rate at which they are asked for nor the length enters the forms.
    const found = learningRates({ family: familyOf(entry), learningRate: 0.3, length: 1.7 });
    const { maximumLearningRate: maximum, fixedPoint } = found;

    it('come in both forms, linear and spectral', () => {
      agree(maximum!.effective, entry.linearEffective);
      agree(maximum!.reduced, entry.linearReduced);
      agree(maximum!.spectral.reduced, entry.spectral);
      agree(
        maximum!.spectral.effective,
        entry.spectral === null ? null : String(Number(entry.spectral) * Number(entry.gammaZero)),
      );
    });

    it('belong to the fixed point, whose effective rate is ηγ₀/L²', () => {
      expect(relativeError(fixedPoint!.orderParameters['gamma'], entry.gammaZero)).toBeLessThan(1e-13);
      expect(fixedPoint!.misalignment).toBe(0);
      expect(fixedPoint!.orderParameters).toMatchObject({ overlap: 1, length: 1.7 });
      const expected = (0.3 * Number(entry.gammaZero)) / 1.7 ** 2;
      expect(relativeError(found.effectiveLearningRate!, expected)).toBeLessThan(1e-13);
    });

    it('are headed by the number at frozen length, under its name, and say what a free length does', () => {
      expect(maximum).toMatchObject({ sense: 'frozen length', ...maximum!.frozenLength });
      expect(maximum!.message).toMatch(/the length is held in all of them: free, it grows/);
    });

    it('say where the senses differ or do not exist, and only there', () => {
      expect(/^no frozen-length/.test(maximum!.message!)).toBe(entry.linearReduced === null);
      const differ = entry.linearReduced === null || entry.linearReduced !== entry.spectral;
      expect(maximum!.message!.includes('R = 1 is not a fixed point here')).toBe(differ);
    });

    it('go with a stationary point that ends only where the noise vanishes', () => {
      const noisy = entry.noiseVariance > 0 || Number(entry.gammaZero) !== 1;
      const exactBatch = entry.rule === 'batch-normalization' && entry.noiseVariance === 0;
      expect(maximum!.message!.includes('is not lost up to')).toBe(noisy && !exactBatch);
      if (noisy && !exactBatch) expect(maximum!.stationary).toBeUndefined();
      // Followed to 1e-9.
      else expect(relativeError(maximum!.stationary!, limitOf(entry.linearReduced))).toBeLessThan(1e-8);
    });
  },
);

describe('learning rates of SGD', () => {
  it('have one form, η itself, and the length of the teacher', () => {
    const found = learningRates({
      family: familyOf({ rule: 'sgd', activation: 'erf', batchSize: 2, noiseVariance: 0 }),
      learningRate: 0.4,
    });
    const expected = (2 * Math.PI * Math.sqrt(15)) / 3;
    agree(found.maximumLearningRate!.effective, String(expected));
    agree(found.maximumLearningRate!.reduced, String(expected));
    agree(found.maximumLearningRate!.spectral.reduced, String(expected));
    expect(relativeError(found.maximumLearningRate!.stationary!, expected)).toBeLessThan(1e-8);
    expect(found.effectiveLearningRate).toBe(0.4);
    expect(found.stationaryPoint!.misalignment).toBe(0);
  });
});

describe('the two resting states', () => {
  it('are apart where there is noise, each with eigenvalues of its own at the given learning rate', () => {
    const entry = learningRateTable.stationaryPoints.find(
      ({ activation, learningRate, gammaDecay }) =>
        activation === 'relu' && learningRate === 2 && gammaDecay === 0.2,
    )!;
    const { fixedPoint, stationaryPoint } = learningRates({ family: familyOf(entry), learningRate: 2 });
    expect(relativeError(stationaryPoint!.misalignment, entry.misalignment)).toBeLessThan(1e-10);
    expect(relativeError(stationaryPoint!.eigenvalues[0].real, entry.eigenvalues[0][0])).toBeLessThan(1e-9);
    // Below the spectral maximum of 3.88 the aligned state would be stable, too.
    expect(fixedPoint!.eigenvalues[0].real).toBeLessThan(0);
    expect(fixedPoint!.eigenvalues).not.toEqual(stationaryPoint!.eigenvalues);
  });

  it('are undefined each on its own: γ₀ out of reach; linear SGD beyond 2M', () => {
    const steep = { rule: WN, activation: 'identity', batchSize: 1, noiseVariance: 0, gammaDecay: 1e4 };
    const none = learningRates({ family: familyOf(steep), learningRate: 1 });
    expect(none).toMatchObject({ outcome: 'no-fixed-point', fixedPoint: undefined });
    expect(none.message).toContain('R = 1');
    const noisy = { rule: 'sgd', activation: 'identity', batchSize: 1, noiseVariance: 0.1 };
    const found = learningRates({ family: familyOf(noisy), learningRate: 3 });
    expect(found).toMatchObject({ outcome: 'no-stationary-point', stationaryPoint: undefined });
    expect(found.fixedPoint!.eigenvalues[0].real).toBeGreaterThan(0);
  });
});

describe('learning rates refuse, in one line that names the argument', () => {
  const family = (learningRate: number): ReturnType<typeof weightNormalization> =>
    weightNormalization({ activation: relu, learningRate });

  it.each([0, -1, NaN, Infinity])('a learning rate of %p', (learningRate) => {
    expect(() => learningRates({ family, learningRate })).toThrow(
      `\`learningRate\` must be a finite number > 0; got ${learningRate}`,
    );
  });

  it.each([0, -2, NaN])('a length of %p', (length) => {
    expect(() => learningRates({ family, learningRate: 1, length })).toThrow(
      `\`length\` must be a finite number > 0; got ${length}`,
    );
  });
});
