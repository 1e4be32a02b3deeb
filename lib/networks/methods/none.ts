import { overImages, toImages, type Method } from './method.js';

/** No normalization: y = h + β. */
export const none: Method = {
  hasGamma: false,
  population: 'unused',
  forward(layer, images) {
    for (let c = 0; c < layer.channels; c++) {
      toImages(layer, layer.scale, images, c, 1);
      toImages(layer, layer.offset, images, c, layer.beta[c]!);
    }
  },
  backward(layer, images) {
    for (let c = 0; c < layer.channels; c++) {
      layer.betaGradient[c] = overImages(layer, layer.gradientSum, images, c);
      layer.alongWeights[c] = 0;
      toImages(layer, layer.constant, images, c, 0);
      toImages(layer, layer.coefficient, images, c, 0);
    }
  },
};
