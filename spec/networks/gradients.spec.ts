import * as tf from '@tensorflow/tfjs-core';
import { randomStream } from '../../lib/random/random-stream.js';
import type { Score } from '../../lib/networks/head.js';
import { measureLengths, type Layer } from '../../lib/networks/layer.js';
import { methodNames, methods, type MethodName } from '../../lib/networks/methods/index.js';
import {
  backward,
  drawWeights,
  emptyNetwork,
  forward,
  placeImages,
  measurePopulation,
  type Network,
} from '../../lib/networks/network.js';
import { automaticDifferentiation } from './automatic-differentiation.js';
import { inOrder, normalPixels, normals } from './small-networks.js';

// Both sides compute in float32. A gradient is a sum of some hundreds of products, so that 1e-5 of its largest entry is about a hundred
// roundings; the issue of a wrong term is of order 1.
const TOLERANCE = 1e-5;
const [IMAGES, COLORS, CLASSES] = [5, 2, 4];

/** Height and width. */
type Size = readonly [number, number];

/** A network with γ, β and bias away from where they begin, its images in it, and its population measured on other images. */
function preparedNetwork(name: MethodName, [height, width]: Size, dropout: boolean): Network {
  const shape = { height, width, colors: COLORS, widths: [8, 16], classes: CLASSES };
  const capacity = IMAGES + 3;
  const network = emptyNetwork({ ...shape, capacity, hasDropout: dropout }, methods[name]);
  drawWeights(network, randomStream(3), false);
  network.layers.forEach((layer, l) => {
    normals(10 + l, layer.channels).forEach((value, c) => (layer.gamma[c] = 1 + 0.3 * value));
    normals(20 + l, layer.channels).forEach((value, c) => (layer.beta[c] = 0.3 * value));
    normals(30 + l, layer.mask.length).forEach((value, k) => (layer.mask[k] = value > 0 ? 2 : 0));
    measureLengths(layer);
  });
  network.head.bias.set(normals(40, CLASSES));
  const pixels = height * width * COLORS;
  measurePopulation(network, normalPixels(5, 13, pixels, CLASSES));
  // Of a larger batch before, nothing must be left.
  placeImages(network, normalPixels(7, capacity, pixels, CLASSES), inOrder(capacity), 0, capacity);
  forward(network, capacity, false, { loss: 0, hits: 0 });
  backward(network, capacity);
  placeImages(network, normalPixels(6, IMAGES, pixels, CLASSES), inOrder(IMAGES), 0, IMAGES);
  return network;
}

type Tensors = Record<'weights' | 'gamma' | 'beta', tf.Tensor>;

/** The normalization of a method, as it is defined, in tensors; γ and β not yet applied. */
function normalized(
  name: MethodName,
  fields: tf.Tensor4D,
  { population }: Layer,
  weights: tf.Tensor,
): tf.Tensor {
  const axes = name === 'layer-normalization' ? [1, 2, 3] : [0, 1, 2];
  const ownMean = tf.mean(fields, axes, true);
  const ownDeviation = tf.sqrt(tf.add(tf.mean(tf.square(tf.sub(fields, ownMean)), axes, true), 1e-5));
  const mean = tf.tensor1d(Float32Array.from(population.mean));
  const deviation = tf.tensor1d(Float32Array.from(population.deviation));
  const by = (m: tf.Tensor, s: tf.Tensor): tf.Tensor => tf.div(tf.sub(fields, m), s);
  switch (name) {
    case 'none':
      return fields;
    case 'weight-normalization':
      return tf.div(fields, tf.sqrt(tf.sum(tf.square(weights), [0, 1, 2])));
    case 'batch-normalization':
    case 'layer-normalization':
      return by(ownMean, ownDeviation);
    case 'batch-mean':
      return by(ownMean, deviation);
    case 'batch-deviation':
      return by(mean, ownDeviation);
    case 'population-normalization':
      return by(mean, deviation);
  }
}

/** The mean loss of a network as a function of its parameters. */
function lossOf(name: MethodName, network: Network, [height, width]: Size, images: Float32Array) {
  return (layers: Tensors[], headWeights: tf.Tensor, bias: tf.Tensor): tf.Scalar => {
    let x = tf.tensor4d(images, [IMAGES, height, width, COLORS]);
    layers.forEach(({ weights, gamma, beta }, l) => {
      const layer = network.layers[l];
      const fields = tf.conv2d(x, weights as tf.Tensor4D, 1, 'same');
      const unit = normalized(name, fields, layer, weights);
      const y = tf.add(name === 'none' ? unit : tf.mul(unit, gamma), beta);
      x = tf.maxPool(tf.relu(y) as tf.Tensor4D, 2, 2, 'valid');
      if (layer.mask.length > 0) x = tf.mul(x, tf.tensor4d(layer.mask.slice(0, x.size), x.shape));
    });
    const features = tf.reshape<tf.Rank.R2>(x, [IMAGES, -1]);
    const logits = tf.add(tf.matMul(features, headWeights as tf.Tensor2D, false, true), bias);
    const right = tf.oneHot(tf.tensor1d(Array.from(network.labels.subarray(0, IMAGES)), 'int32'), CLASSES);
    return tf.neg<tf.Scalar>(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits as tf.Tensor2D), right), 1)));
  };
}

/** The loss and its gradients by automatic differentiation, in the order of `ownGradients`. */
function automaticGradients(
  name: MethodName,
  network: Network,
  size: Size,
): { loss: number; gradients: Float32Array[] } {
  const images = normalPixels(6, IMAGES, size[0] * size[1] * COLORS, CLASSES).values;
  const { layers, head } = network;
  const parameters = layers.flatMap((layer) => [
    tf.tensor4d(layer.weights.slice(), [3, 3, layer.shape.inputs, layer.channels]),
    tf.tensor1d(Float32Array.from(layer.gamma)),
    tf.tensor1d(Float32Array.from(layer.beta)),
  ]);
  const rest = [
    tf.tensor2d(head.weights.slice(), [CLASSES, head.weights.length / CLASSES]),
    tf.tensor1d(Float32Array.from(head.bias)),
  ];
  const loss = lossOf(name, network, size, images);
  const whole = (...tensors: tf.Tensor[]): tf.Scalar =>
    loss(
      layers.map((_, l) => ({
        weights: tensors[3 * l],
        gamma: tensors[3 * l + 1],
        beta: tensors[3 * l + 2],
      })),
      tensors.at(-2)!,
      tensors.at(-1)!,
    );
  const all: tf.Tensor[] = [...parameters, ...rest];
  return {
    loss: whole(...all).dataSync()[0],
    // Without γ in the loss there is no gradient to ask for.
    gradients: all.map((tensor, i) =>
      name === 'none' && i % 3 === 1 && i < 3 * layers.length
        ? new Float32Array(tensor.size)
        : (tf
            .grad((x) => whole(...all.map((other, j) => (j === i ? x : other))))(tensor)
            .dataSync() as Float32Array),
    ),
  };
}

function ownGradients(network: Network): { loss: number; gradients: ArrayLike<number>[] } {
  const score: Score = { loss: 0, hits: 0 };
  forward(network, IMAGES, false, score);
  backward(network, IMAGES);
  return {
    loss: score.loss / IMAGES,
    gradients: [
      ...network.layers.flatMap((layer) => [layer.weightGradient, layer.gammaGradient, layer.betaGradient]),
      network.head.weightGradient,
      network.head.biasGradient,
    ],
  };
}

const groups = ['w1', 'γ1', 'β1', 'w2', 'γ2', 'β2', 'head', 'bias'];

describe('gradients of a network are those of automatic differentiation', () => {
  beforeAll(async () => {
    await automaticDifferentiation();
  });

  test.each(methodNames)('%s', (name) => {
    // 7 × 10 → 3 × 5 → 1 × 2: rows and columns that are in no window.
    for (const [size, dropout] of [
      [[8, 8], false],
      [[7, 10], true],
    ] as const) {
      const network = preparedNetwork(name, size, dropout);
      const [own, automatic] = [ownGradients(network), automaticGradients(name, network, size)];
      expect(Math.abs(own.loss / automatic.loss - 1)).toBeLessThan(TOLERANCE);
      groups.forEach((group, g) => {
        const reference = automatic.gradients[g];
        const largest = Math.max(...reference.map(Math.abs));
        const gap = Math.max(...reference.map((value, k) => Math.abs(value - own.gradients[g][k])));
        expect([group, gap <= TOLERANCE * largest, gap / largest]).toEqual([group, true, expect.anything()]);
        if (!(name === 'none' && group.startsWith('γ'))) expect(largest).toBeGreaterThan(0);
      });
    }
  });
});
