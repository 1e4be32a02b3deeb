import { writeStatistics, type Method } from './method.js';

/**
 * Layer normalization (Ba, Kiros & Hinton, arXiv:1607.06450): y = γ(h − m)/s + β, m and s the mean and deviation of an image over
 * all its pixels and channels, n of them. With g = ∂loss/∂y and q = Σ γ g (h − m)/s over an image
 *
 *     ∂loss/∂γ = Σ g (h − m)/s over images,  ∂loss/∂h = (γ g − Σ γ g/n − q (h − m)/(ns))/s.
 */
export const layerNormalization: Method = {
  hasGamma: true,
  population: 'unused',
  forward(layer, images) {
    const { channels, gamma, beta, used } = layer;
    for (let i = 0; i < images; i++) {
      let [sum, square] = [0, 0];
      for (let c = 0; c < channels; c++) {
        sum += layer.sum[i * channels + c]!;
        square += layer.square[i * channels + c]!;
      }
      writeStatistics(used, i, channels * layer.positions, sum, square);
      for (let c = 0; c < channels; c++) {
        const factor = gamma[c]! / used.deviation[i]!;
        layer.scale[i * channels + c] = factor;
        layer.offset[i * channels + c] = beta[c]! - factor * used.mean[i]!;
      }
    }
  },
  backward(layer, images) {
    const { channels, gamma, used, gammaGradient, betaGradient, constant, coefficient } = layer;
    const count = channels * layer.positions;
    gammaGradient.fill(0);
    betaGradient.fill(0);
    layer.alongWeights.fill(0);
    for (let i = 0; i < images; i++) {
      const [mean, deviation] = [used.mean[i]!, used.deviation[i]!];
      let [throughMean, throughDeviation] = [0, 0];
      for (let c = 0; c < channels; c++) {
        const sum = layer.gradientSum[i * channels + c]!;
        const normalized = (layer.gradientProduct[i * channels + c]! - mean * sum) / deviation;
        gammaGradient[c]! += normalized;
        betaGradient[c]! += sum;
        throughMean -= gamma[c]! * sum;
        throughDeviation -= gamma[c]! * normalized;
      }
      throughMean /= count * deviation;
      throughDeviation /= count * deviation * deviation;
      for (let c = 0; c < channels; c++) {
        coefficient[i * channels + c] = throughDeviation;
        constant[i * channels + c] = throughMean - throughDeviation * mean;
      }
    }
  },
};
