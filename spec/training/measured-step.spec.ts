import type { BatchStatistics } from '../../lib/gaussian/batch/statistics.js';
import { stepCoefficients, type BatchFields, type BatchStep } from '../../lib/dynamics/batch-step.js';
import { nextNormal } from '../../lib/random/normal-deviates.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { handmade } from '../support/students.js';
import { activationPair } from '../../lib/gaussian/activations/pair.js';
import { measuredStep } from '../../lib/training/measured-step.js';

const M = 5;
const [gamma, length] = [1.3, 0.7];
const state = [gamma, NaN, length];
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;

/** A step that only notes that it was made. */
function spy(): { step: BatchStep; times: number[] } {
  const times: number[] = [];
  return {
    times,
    step: {
      batchSize: M,
      noiseVariance: 0.2,
      compute: (time) => {
        times.push(time);
      },
    },
  };
}

function batches(count: number): BatchFields[] {
  const stream = randomStream(12);
  const draw = (): Float64Array => Float64Array.from({ length: M }, () => nextNormal(stream));
  return Array.from({ length: count }, () => ({ teacher: draw(), student: draw(), noise: draw() }));
}

/** ⟨(t − ŷ)²⟩ from its definition. */
function lossOf({ teacher, student, noise }: BatchFields, statistics: BatchStatistics | undefined): number {
  const v = [...student];
  const centre = statistics === 'both' || statistics === 'mean' ? mean(v) : 0;
  const spread = Math.sqrt(mean(v.map((x) => (x - mean(v)) ** 2)));
  const scale = statistics === undefined ? length : statistics === 'mean' ? gamma : gamma / spread;
  const z = v.map((x) => scale * (x - centre));
  return mean(z.map((x, i) => (erf.value(teacher[i]) + noise[i] - erf.value(x)) ** 2));
}

describe.each(['both', 'deviation', 'mean', undefined] as const)(
  'the loss of minibatches, field normalized by %p,',
  (statistics) => {
    it('is averaged from its definition, with the standard error of independent numbers', () => {
      const { step, times } = spy();
      const loss = measuredStep(handmade(step), activationPair(erf), statistics);
      const measured = loss.step;
      const coefficients = stepCoefficients(M);
      const fields = batches(9);
      const losses = fields.map((batch) => lossOf(batch, statistics));
      // What came before a restart does not count.
      measured.compute(0, state, batches(1)[0], coefficients);
      loss.restart();
      fields.forEach((batch, k) => {
        measured.compute(k + 1, state, batch, coefficients);
      });
      const variance = losses.reduce((sum, x) => sum + (x - mean(losses)) ** 2, 0) / 8;
      // Rounding of sums of a few terms.
      expect(loss.estimate().mean).toBeCloseTo(mean(losses), 13);
      expect(loss.estimate().standardError).toBeCloseTo(Math.sqrt(variance / 9), 13);
      expect(times).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect([measured.batchSize, measured.noiseVariance]).toEqual([M, 0.2]);
    });
  },
);
