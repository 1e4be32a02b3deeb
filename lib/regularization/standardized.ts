import { rangeError, requireFinite, typeError } from '../foundation/checks.js';
import { deviationOf, estimate } from '../numerics/statistics.js';

/** Numbers in a row, such as pre-activations or labels: an array, or a typed one. */
export type Samples = readonly number[] | Float64Array;

/** A sample of a field, standardized by its own mean and biased deviation, as population normalization does. */
export interface StandardizedField {
  readonly mean: number;
  /** Biased standard deviation, > 0. */
  readonly deviation: number;
  /** Excess kurtosis ρ = ⟨h̄⁴⟩ − 3, ≥ −2. */
  readonly kurtosis: number;
  /** h̄_j = (h_j − mean)/deviation. */
  readonly values: Float64Array;
}

/** Whether all samples are equal, so that they have no kurtosis. */
export function isConstant(samples: Samples): boolean {
  return samples.every((value: number) => value === samples[0]);
}

/** Standardizes samples that are known to be finite and not all equal. */
export function standardizedSamples(samples: Samples): StandardizedField {
  const { mean } = estimate(samples);
  const deviation = deviationOf(samples, mean);
  const values = new Float64Array(samples.length);
  let fourth = 0;
  for (let j = 0; j < samples.length; j++) {
    values[j] = (samples[j]! - mean) / deviation;
    const square = values[j]! * values[j]!;
    fourth += square * square;
  }
  return { mean, deviation, kurtosis: fourth / samples.length - 3, values };
}

/**
 * Checks a sample of pre-activations for a batch size and standardizes it.
 *
 * @throws TypeError or RangeError, one line: not a list of finite numbers (naming the entry), fewer than M, all equal
 */
export function standardizedField(preactivations: Samples, batchSize: number): StandardizedField {
  requireSamples('preactivations', preactivations);
  if (preactivations.length < batchSize) {
    const allowed = `at least batchSize = ${batchSize} numbers`;
    throw rangeError('preactivations', allowed, `${preactivations.length} of them`);
  }
  if (isConstant(preactivations)) {
    throw rangeError('preactivations', 'not all equal, for kurtosis to be defined', preactivations[0]);
  }
  const field = standardizedSamples(preactivations);
  requireFinite('deviation of preactivations', field.deviation);
  return field;
}

/** Checks that a list holds finite numbers; the error names the first entry that is none. */
export function requireSamples(name: string, value: unknown): Samples {
  if (!Array.isArray(value) && !(value instanceof Float64Array))
    throw typeError(name, 'an array of numbers', value);
  const samples = value as Samples;
  for (let index = 0; index < samples.length; index++) requireFinite(`${name}[${index}]`, samples[index]);
  return samples;
}
