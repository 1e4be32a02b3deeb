import type { Activation } from '../gaussian/activation.js';
import type { BatchStatistics } from '../gaussian/batch/statistics.js';
import type { BatchStep } from './batch-step.js';

/** What the step of a student normalized by its batch is told. */
export interface BatchNormalizedParameters {
  readonly activation: Activation;
  readonly batchSize: number;
  readonly noiseVariance: number;
  /** ζ. */
  readonly gammaDecay: number;
}

/**
 * The step of a student normalized by statistics of its own batch, the population's mean 0 and deviation L standing in for those that
 * are left out: p the normalized field, v̂ = (v − μ)/s and δ = (g(u) + ξ − g(γp)) g′(γp),
 *
 *     both:       w += (η/√N)(γ/Ls)⟨(δ − ⟨δ⟩ − v̂⟨δp⟩) x⟩
 *     deviation:  w += (η/√N)(γ/Ls)⟨(δ − v̂⟨δp⟩) x⟩
 *     mean:       w += (η/√N)(γ/L)(⟨(δ − ⟨δ⟩) x⟩ − ⟨δp⟩ŵ)
 *
 * and γ += (η_γ/N)(⟨δp⟩ − ζγ): the gradient through the statistics that are used. None has a part along w.
 */
export function batchNormalizedStep(
  statistics: BatchStatistics,
  { activation, batchSize, noiseVariance, gammaDecay }: BatchNormalizedParameters,
  rate: (time: number) => number,
  gammaRate: (time: number) => number,
): BatchStep {
  const normalized = new Float64Array(batchSize);
  const takesMean = statistics !== 'deviation';
  const takesDeviation = statistics !== 'mean';
  return {
    batchSize,
    noiseVariance,
    compute(time, state, { teacher, student, noise }, out) {
      const gamma = state[0]!;
      const length = state[2]!;
      const delta = out.onInputs;
      let mean = 0;
      for (let i = 0; i < batchSize; i++) mean += student[i]!;
      mean /= batchSize;
      let variance = 0;
      for (let i = 0; i < batchSize; i++) variance += (student[i]! - mean) ** 2;
      const deviation = takesDeviation ? Math.sqrt(variance / batchSize) : 1;
      const shift = takesMean ? 0 : mean / deviation;
      let meanDelta = 0;
      let alongStudent = 0;
      for (let i = 0; i < batchSize; i++) {
        const centred = (student[i]! - mean) / deviation;
        const p = centred + shift;
        const error = activation.value(teacher[i]!) + noise[i]! - activation.value(gamma * p);
        normalized[i] = centred;
        delta[i] = error * activation.derivative(gamma * p);
        meanDelta += delta[i]!;
        alongStudent += delta[i]! * p;
      }
      alongStudent /= batchSize;
      const taken = takesMean ? meanDelta / batchSize : 0;
      const takenAlong = takesDeviation ? alongStudent : 0;
      const scale = (rate(time) * gamma) / (length * deviation * batchSize);
      for (let i = 0; i < batchSize; i++)
        delta[i] = scale * (delta[i]! - taken - normalized[i]! * takenAlong);
      if (!takesDeviation) out.onStudent = -scale * batchSize * alongStudent;
      out.scaleChange = gammaRate(time) * (alongStudent - gammaDecay * gamma);
    },
  };
}
