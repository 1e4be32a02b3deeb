import { meanDeviation, meanInverseDeviation, meanInversePower, meanInverseVariance } from './moments.js';
import type { BatchCovariance } from './sampled-covariance.js';

/**
 * The covariance over minibatches of a linear unit under batch normalization, in closed form (docs/theory/fluctuations.md#batch-normalization):
 * given s the part of the noise along v̂ and that outside (1, …, 1) and v̂ are independent, the latter in M − 2 dimensions.
 *
 * @param slope a of g(z) = a z
 * @param batchSize M ≥ 6, below which E[1/s⁴] is infinite
 */
export function linearCovariance(slope: number, batchSize: number, noiseVariance: number): BatchCovariance {
  const gain = slope * slope;
  const noise = noiseVariance / gain;
  const free = batchSize - 2;
  const [mean, inverse, square] = [
    meanDeviation(batchSize),
    meanInverseDeviation(batchSize),
    meanInverseVariance(batchSize),
  ];
  const [cube, fourth] = [meanInversePower(batchSize, 3), meanInversePower(batchSize, 4)];
  const variance = 1 - 1 / batchSize - mean * mean;
  return (_gamma, phi, out) => {
    const overlap = Math.cos(phi);
    const hidden = Math.sin(phi) ** 2;
    const power = hidden + noise; // of what the student does not know of a label
    const pull = (hidden * free) / batchSize;
    const perPower = (power * free) / batchSize ** 2;
    out[0] = gain * gain * (overlap * overlap * variance + power / batchSize);
    out[1] = gain * gain * overlap * pull * (1 - mean * inverse);
    out[2] = gain ** 3 * overlap * perPower * (inverse - mean * square);
    out[3] =
      gain *
      gain *
      (pull * pull * (square - inverse * inverse) +
        (square * hidden * free * (hidden + power)) / batchSize ** 2);
    out[4] = gain ** 3 * pull * perPower * (((free + 2) / free) * cube - inverse * square);
    out[5] = gain ** 4 * perPower * perPower * (((free + 2) / free) * fourth - square * square);
  };
}
