import { scanLearningRatesAsync } from '../../lib/comparison/learning-rate-scan.js';
import { familyOf, type FamilyCase } from '../stability/families.js';

const M = 8;
const initial = { gamma: 0.5, overlap: 0.1, length: 1 };
const linear = { activation: 'identity', batchSize: M };

const cases: [name: string, entry: FamilyCase, overlaps: number[]][] = [
  ['WN', { ...linear, rule: 'weight-normalization', noiseVariance: 0 }, [0.9, 0.9999]],
  ['BN', { ...linear, rule: 'batch-normalization', noiseVariance: 0 }, [0.9, 0.9999]],
  ['WN, S = 0.05', { ...linear, rule: 'weight-normalization', noiseVariance: 0.05 }, [0.9, 0.99]],
  ['BN, S = 0.05', { ...linear, rule: 'batch-normalization', noiseVariance: 0.05 }, [0.9, 0.99]],
  [
    'PN + decay, S = 0.05',
    { ...linear, rule: 'population-normalization', noiseVariance: 0.05, gammaDecay: 0.1 },
    [0.9, 0.99],
  ],
];

describe('times to an overlap at large learning rates', () => {
  it.each(cases)('are those of 16 students at N = 100 η²/M, %s', async (_name, entry, overlaps) => {
    const options = { family: familyOf(entry, 1), initial, learningRates: [60, 200], overlaps, until: 20 };
    const theory = await scanLearningRatesAsync(options);
    const measured = await scanLearningRatesAsync({ ...options, students: { runs: 16, seed: 83 } });
    measured.forEach(({ times }, i) => {
      times.forEach((time, j) => {
        const z = (time!.mean - theory[i].times[j]!.mean) / time!.standardError;
        expect(Math.abs(z)).toBeLessThan(3);
      });
    });
  });
});
