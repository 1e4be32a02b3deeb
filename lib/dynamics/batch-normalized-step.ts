import type { BatchStatistics } from '../gaussian/batch/statistics.js';
import type { BatchStep } from './batch-step.js';
import type { NormalizedParameters, Rates } from './normalized-system.js';
import { pairOf } from './parameters.js';

/** What a rule that normalizes by its batch is told, complete. */
export interface BatchNormalizedParameters extends NormalizedParameters {
  /** ζ. */
  readonly gammaDecay: number;
}

/**
 * Writes fields normalized by mean and deviation of their minibatch to `out`, or by one of them.
 *
 * @returns what they were divided by: the deviation of the minibatch, or 1
 */
export function writeNormalized(
  student: Float64Array,
  out: Float64Array,
  statistics: BatchStatistics = 'both',
): number {
  const batchSize = student.length;
  let mean = 0;
  for (let i = 0; i < batchSize; i++) mean += student[i]!;
  mean /= batchSize;
  let variance = 0;
  for (let i = 0; i < batchSize; i++) variance += (student[i]! - mean) ** 2;
  const deviation = statistics === 'mean' ? 1 : Math.sqrt(variance / batchSize);
  const centre = statistics === 'deviation' ? 0 : mean;
  for (let i = 0; i < batchSize; i++) out[i] = (student[i]! - centre) / deviation;
  return deviation;
}

/**
 * The step of a student normalized by statistics of its own batch, the population's mean 0 and deviation L standing in for those that
 * are left out: p the normalized field, v̂ = (v − μ)/s = p − ⟨p⟩ and δ = (g*(u) + ξ − g(γp)) g′(γp),
 *
 *     both:       w += (η/√N)(γ/Ls)⟨(δ − ⟨δ⟩ − v̂⟨δp⟩) x⟩
 *     deviation:  w += (η/√N)(γ/Ls)⟨(δ − v̂⟨δp⟩) x⟩
 *     mean:       w += (η/√N)(γ/L)(⟨(δ − ⟨δ⟩) x⟩ − ⟨δp⟩ŵ)
 *
 * and γ += (η_γ/N)(⟨δp⟩ − ζγ): the gradient through the statistics that are used. None has a part along w.
 */
export function batchNormalizedStep(
  statistics: BatchStatistics,
  parameters: BatchNormalizedParameters,
  { rate, gammaRate }: Rates,
): BatchStep['compute'] {
  const { activation, batchSize, gammaDecay } = parameters;
  const { teacher: target } = pairOf(parameters);
  const normalized = new Float64Array(batchSize);
  return (time, state, { teacher, student, noise }, out) => {
    const gamma = state[0]!;
    const length = state[2]!;
    const delta = out.onInputs;
    const deviation = writeNormalized(student, normalized, statistics);
    let meanField = 0;
    let meanDelta = 0;
    let alongStudent = 0;
    for (let i = 0; i < batchSize; i++) {
      const p = normalized[i]!;
      const error = target.value(teacher[i]!) + noise[i]! - activation.value(gamma * p);
      delta[i] = error * activation.derivative(gamma * p);
      meanField += p;
      meanDelta += delta[i]!;
      alongStudent += delta[i]! * p;
    }
    alongStudent /= batchSize;
    meanField = statistics === 'deviation' ? meanField / batchSize : 0;
    const taken = statistics === 'deviation' ? 0 : meanDelta / batchSize;
    const takenAlong = statistics === 'mean' ? 0 : alongStudent;
    const scale = (rate(time) * gamma) / (length * deviation * batchSize);
    for (let i = 0; i < batchSize; i++)
      delta[i] = scale * (delta[i]! - taken - (normalized[i]! - meanField) * takenAlong);
    if (statistics === 'mean') out.onStudent = -scale * batchSize * alongStudent;
    out.scaleChange = gammaRate(time) * (alongStudent - gammaDecay * gamma);
  };
}
