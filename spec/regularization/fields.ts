import { nextNormal } from '../../lib/random/normal-deviates.js';
import { randomStream, type RandomStream } from '../../lib/random/random-stream.js';

/** A standardized field: how to draw from it, and its excess kurtosis. */
export interface TestField {
  readonly name: string;
  readonly kurtosis: number;
  readonly draw: (stream: RandomStream) => number;
}

export const gaussian: TestField = { name: 'Gaussian', kurtosis: 0, draw: nextNormal };

/** Two-sided exponential of scale 1/√2: E h⁴ = 4!/4 = 6. */
export const laplace: TestField = {
  name: 'Laplace',
  kurtosis: 3,
  draw: (stream) => {
    const size = -Math.log(1 - stream.nextUniform()) * Math.SQRT1_2;
    return stream.nextUniform() < 0.5 ? size : -size;
  },
};

/** Uniform on ±√3: E h⁴ = 9/5. */
export const uniform: TestField = {
  name: 'uniform',
  kurtosis: -6 / 5,
  draw: (stream) => Math.sqrt(3) * (2 * stream.nextUniform() - 1),
};

/** A mean of independent numbers and its standard error. */
export interface SampleMean {
  readonly mean: number;
  readonly error: number;
}

export function sampleMean(values: readonly number[]): SampleMean {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}

/** The mean and biased deviation of fresh batches, drawn from the law itself. */
export function drawBatches(
  field: TestField,
  batchSize: number,
  batches: number,
  seed: number,
): { means: number[]; deviations: number[] } {
  const stream = randomStream(seed);
  const means: number[] = [];
  const deviations: number[] = [];
  const values = new Float64Array(batchSize);
  for (let batch = 0; batch < batches; batch++) {
    let sum = 0;
    for (let i = 0; i < batchSize; i++) sum += values[i] = field.draw(stream);
    const mean = sum / batchSize;
    let squares = 0;
    for (const value of values) squares += (value - mean) ** 2;
    means.push(mean);
    deviations.push(Math.sqrt(squares / batchSize));
  }
  return { means, deviations };
}
