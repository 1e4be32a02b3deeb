import { overImages, toImages, type Method } from './method.js';

/**
 * Weight normalization (Salimans & Kingma, NIPS 2016): y = γ h/‖w‖ + β. With g = ∂loss/∂y
 *
 *     ∂loss/∂γ = Σ g h/‖w‖,  ∂loss/∂w = (that through h) − γ (∂loss/∂γ) w/‖w‖²,
 *
 * so that the whole gradient is orthogonal to w.
 */
export const weightNormalization: Method = {
  hasGamma: true,
  population: 'unused',
  forward(layer, images) {
    for (let c = 0; c < layer.channels; c++) {
      toImages(layer, layer.scale, images, c, layer.gamma[c]! / layer.lengths[c]!);
      toImages(layer, layer.offset, images, c, layer.beta[c]!);
    }
  },
  backward(layer, images) {
    for (let c = 0; c < layer.channels; c++) {
      const length = layer.lengths[c]!;
      const gradient = overImages(layer, layer.gradientProduct, images, c) / length;
      layer.betaGradient[c] = overImages(layer, layer.gradientSum, images, c);
      layer.gammaGradient[c] = gradient;
      layer.alongWeights[c] = (-layer.gamma[c]! * gradient) / (length * length);
      toImages(layer, layer.constant, images, c, 0);
      toImages(layer, layer.coefficient, images, c, 0);
    }
  },
};
