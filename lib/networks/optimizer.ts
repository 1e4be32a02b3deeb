import { measureLengths } from './layer.js';
import type { Network } from './network.js';

/** SGD with momentum: v ← μ v + ∂loss/∂w, w ← w − η v, for every parameter of a network. */
export interface Optimizer {
  step(learningRate: number): void;
}

type Numbers = Float32Array | Float64Array;

/** Parameters, their gradient, and their velocity, which begins at 0. */
interface Group {
  readonly values: Numbers;
  readonly gradient: Numbers;
  readonly velocity: Numbers;
}

/** SGD on a network, whose gradients are those of the last backward pass. */
export function momentumSgd(network: Network, momentum: number): Optimizer {
  const groups: Group[] = [];
  const add = (values: Numbers, gradient: Numbers): void => {
    const velocity =
      values instanceof Float32Array ? new Float32Array(values.length) : new Float64Array(values.length);
    groups.push({ values, gradient, velocity });
  };
  for (const layer of network.layers) {
    add(layer.weights, layer.weightGradient);
    if (network.method.hasGamma) add(layer.gamma, layer.gammaGradient);
    add(layer.beta, layer.betaGradient);
  }
  add(network.head.weights, network.head.weightGradient);
  add(network.head.bias, network.head.biasGradient);
  return {
    step(learningRate) {
      for (const { values, gradient, velocity } of groups)
        for (let k = 0; k < values.length; k++) {
          velocity[k] = momentum * velocity[k]! + gradient[k]!;
          values[k]! -= learningRate * velocity[k]!;
        }
      network.layers.forEach(measureLengths);
    },
  };
}

/** Adds the gradient of ½ζγ², ζ by layer; γ is the length of the weights where it is no parameter. */
export function addGammaDecay({ layers, method }: Network, decays: readonly number[]): void {
  layers.forEach(({ channels, gamma, gammaGradient, weights, weightGradient }, l) => {
    const decay = decays[l]!;
    if (decay === 0) return;
    if (method.hasGamma) for (let c = 0; c < channels; c++) gammaGradient[c]! += decay * gamma[c]!;
    else for (let k = 0; k < weights.length; k++) weightGradient[k]! += decay * weights[k]!;
  });
}
