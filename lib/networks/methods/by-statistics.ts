import { deviationFrom, overImages, toImages, type Method, type NormalizedLayer } from './method.js';

/** Where a statistic comes from: the minibatch, with a gradient through it, or the training set, as a constant. */
export type Source = 'batch' | 'population';

function meanOfBatch(layer: NormalizedLayer, images: number, channel: number): number {
  return overImages(layer, layer.sum, images, channel) / (images * layer.positions);
}

function deviationOfBatch(layer: NormalizedLayer, images: number, channel: number): number {
  const sum = overImages(layer, layer.sum, images, channel);
  const square = overImages(layer, layer.square, images, channel);
  return deviationFrom(images * layer.positions, sum, square);
}

/**
 * y = γ(h − m)/s + β by channel, m and s the mean and deviation of the minibatch or of the training set; in tests those of the
 * training set. With n = images · pixels, μ the mean of the batch and g = ∂loss/∂y
 *
 *     ∂loss/∂γ = Σ g (h − m)/s,  ∂loss/∂β = Σ g,
 *     ∂loss/∂h = (γ/s)(g − [m of the batch] Σg/n − [s of the batch] (∂loss/∂γ) (h − μ)/(ns)),
 *
 * as ∂m/∂h = 1/n and ∂s/∂h = (h − μ)/(ns), s being taken about the batch's own mean.
 */
export function normalizedBy(source: { readonly mean: Source; readonly deviation: Source }): Method {
  return {
    hasGamma: true,
    population: source.mean === 'batch' && source.deviation === 'batch' ? 'tested' : 'always',
    forward(layer, images, testing) {
      const { gamma, beta, population, used, scale, offset } = layer;
      const isOwn = (from: Source): boolean => from === 'batch' && !testing;
      for (let c = 0; c < layer.channels; c++) {
        const mean = isOwn(source.mean) ? meanOfBatch(layer, images, c) : population.mean[c]!;
        const deviation = isOwn(source.deviation)
          ? deviationOfBatch(layer, images, c)
          : population.deviation[c]!;
        used.mean[c] = mean;
        used.deviation[c] = deviation;
        const factor = gamma[c]! / deviation;
        toImages(layer, scale, images, c, factor);
        toImages(layer, offset, images, c, beta[c]! - factor * mean);
      }
    },
    backward(layer, images) {
      const { gamma, used, gammaGradient, betaGradient, alongWeights, constant, coefficient } = layer;
      const count = images * layer.positions;
      for (let c = 0; c < layer.channels; c++) {
        const [mean, deviation] = [used.mean[c]!, used.deviation[c]!];
        const sum = overImages(layer, layer.gradientSum, images, c);
        const product = overImages(layer, layer.gradientProduct, images, c);
        betaGradient[c] = sum;
        gammaGradient[c] = (product - mean * sum) / deviation;
        alongWeights[c] = 0;
        const factor = gamma[c]! / (deviation * count);
        const throughMean = source.mean === 'batch' ? -factor * sum : 0;
        const throughDeviation = source.deviation === 'batch' ? (-factor * gammaGradient[c]!) / deviation : 0;
        const center = source.deviation === 'batch' ? meanOfBatch(layer, images, c) : 0;
        toImages(layer, coefficient, images, c, throughDeviation);
        toImages(layer, constant, images, c, throughMean - throughDeviation * center);
      }
    },
  };
}
