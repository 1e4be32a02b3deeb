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
  it.each(cases)('are those of 32 students, %s', async (_name, entry, overlaps) => {
    const options = { family: familyOf(entry, 1), initial, learningRates: [60, 200], overlaps, until: 20 };
    const theory = await scanLearningRatesAsync(options);
    const measured = await scanLearningRatesAsync({ ...options, students: { runs: 32, seed: 83 } });
    measured.forEach(({ times, length }, i) => {
      times.forEach((time, j) => {
        const { mean } = theory[i].times[j]!;
        // Three standard errors, and the bias of a first passage: it comes earlier by a part of the spread of runs, of order
        // √(M/N)η/... of some tenths of a percent here.
        expect(Math.abs(time!.mean - mean)).toBeLessThan(3 * time!.standardError + 0.003 * mean);
      });
      expect(Math.abs(length!.mean / theory[i].length!.mean - 1)).toBeLessThan(0.003);
    });
  });
});
