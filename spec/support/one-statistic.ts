import type { Activation } from '../../lib/gaussian/activation.js';
import { batchQuadrature } from '../../lib/gaussian/batch/quadrature.js';
import { fillNormal } from '../../lib/random/normal-deviates.js';
import { randomStream } from '../../lib/random/random-stream.js';

export type Statistics = 'deviation' | 'mean';

const values = new Float64Array(4);

/** A, B, C by quadrature. */
export function fromQuadrature(
  activation: Activation,
  statistics: Statistics,
  m: number,
  gamma: number,
  overlap: number,
  noise: number,
): number[] {
  batchQuadrature(activation, m, activation, statistics).write(gamma, Math.acos(overlap), values);
  return [values[0], (1 - overlap * overlap) * values[1], values[2] + noise * values[3]];
}

/** A, B, C and their standard errors over batches drawn at random, from the definitions of docs/theory/batch-normalization.md. */
export function fromBatches(
  { value, derivative }: Activation,
  statistics: Statistics,
  m: number,
  gamma: number,
  overlap: number,
  noise: number,
  samples: number,
): { mean: number; error: number }[] {
  const batches = Math.ceil(samples / m);
  const stream = randomStream(91, m);
  const normals = new Float64Array(3 * m);
  const sine = Math.sqrt(1 - overlap * overlap);
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  const [fields, delta] = [new Float64Array(m), new Float64Array(m)];
  for (let batch = 0; batch < batches; batch++) {
    fillNormal(stream, normals);
    let [mu, square] = [0, 0];
    for (let i = 0; i < m; i++) mu += normals[i] / m;
    for (let i = 0; i < m; i++) square += (normals[i] - mu) ** 2 / m;
    const s = Math.sqrt(square);
    let [along, centre] = [0, 0];
    for (let i = 0; i < m; i++) {
      const v = normals[i];
      fields[i] = statistics === 'deviation' ? v / s : v - mu;
      const label = value(overlap * v + sine * normals[m + i]) + Math.sqrt(noise) * normals[2 * m + i];
      delta[i] = (label - value(gamma * fields[i])) * derivative(gamma * fields[i]);
      along += (delta[i] * fields[i]) / m;
      centre += delta[i] / m;
    }
    // u − Rv is sine·z.
    const found = [along, 0, 0];
    for (let i = 0; i < m; i++) {
      const taken = statistics === 'deviation' ? (along * (normals[i] - mu)) / s : centre;
      const projected = (delta[i] - taken) / (statistics === 'deviation' ? s : 1);
      found[1] += (sine * projected * normals[m + i]) / m;
      found[2] += projected ** 2 / (m * m);
    }
    found.forEach((x, k) => {
      sums[k] += x;
      squares[k] += x * x;
    });
  }
  return sums.map((sum, k) => {
    const mean = sum / batches;
    return { mean, error: Math.sqrt((squares[k] / batches - mean * mean) / batches) };
  });
}
