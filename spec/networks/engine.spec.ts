import type { Score } from '../../lib/networks/head.js';
import { measureLengths } from '../../lib/networks/layer.js';
import { lossesOn } from '../../lib/networks/measure.js';
import { methodNames, methods, type MethodName } from '../../lib/networks/methods/index.js';
import { backward, forward, measurePopulation, type Network } from '../../lib/networks/network.js';
import type { Pixels } from '../../lib/networks/pixels.js';
import { normalPixels, normals, placeAll, smallNetwork } from './small-networks.js';

const SHAPE = { size: 8, colors: 2, classes: 4, capacity: 6 };
const PIXELS = SHAPE.size * SHAPE.size * SHAPE.colors;
const FLOOR = 1e-5;

/** Convolution 3 × 3 in double precision, written from its definition; images [image][row][column][channel]. */
function convolved(
  x: number[],
  size: number,
  inputs: number,
  weights: Float32Array,
  outputs: number,
): number[] {
  const images = x.length / (size * size * inputs);
  const at = (n: number, i: number, j: number, c: number): number =>
    i < 0 || j < 0 || i >= size || j >= size ? 0 : x[((n * size + i) * size + j) * inputs + c];
  const out: number[] = [];
  for (let n = 0; n < images; n++)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++)
        for (let c = 0; c < outputs; c++) {
          let sum = 0;
          for (let a = 0; a < 3; a++)
            for (let b = 0; b < 3; b++)
              for (let k = 0; k < inputs; k++)
                sum += at(n, i + a - 1, j + b - 1, k) * weights[((a * 3 + b) * inputs + k) * outputs + c];
          out.push(sum);
        }
  return out;
}

/** ReLU and maximum over 2 × 2 pixels. */
function pooled(y: number[], size: number, channels: number): number[] {
  const images = y.length / (size * size * channels);
  const out: number[] = [];
  for (let n = 0; n < images; n++)
    for (let i = 0; i < size; i += 2)
      for (let j = 0; j < size; j += 2)
        for (let c = 0; c < channels; c++) {
          const of = (a: number, b: number): number => y[((n * size + i + a) * size + j + b) * channels + c];
          out.push(Math.max(0, of(0, 0), of(0, 1), of(1, 0), of(1, 1)));
        }
  return out;
}

function statisticsOf(h: number[], channels: number): { mean: number[]; deviation: number[] } {
  const count = h.length / channels;
  const [mean, deviation] = [new Array<number>(channels).fill(0), new Array<number>(channels).fill(0)];
  h.forEach((value, k) => (mean[k % channels] += value / count));
  h.forEach((value, k) => (deviation[k % channels] += (value - mean[k % channels]) ** 2 / count));
  return { mean, deviation: deviation.map((variance) => Math.sqrt(variance + FLOOR)) };
}

describe('statistics of the training set', () => {
  // float32 against double precision: a mean of some hundred fields of size 1 in units of 6e-8.
  const CLOSE = 1e-6;

  it('are those of fields computed directly, block by block', () => {
    const set = normalPixels(7, 20, PIXELS, SHAPE.classes);
    const network = smallNetwork('batch-normalization', SHAPE);
    network.layers.forEach((layer, l) => {
      layer.beta.set(normals(l, layer.channels));
    });
    measurePopulation(network, set);
    let x = Array.from(set.values);
    let size = SHAPE.size;
    for (const layer of network.layers) {
      const { channels, gamma, beta, population, shape, weights } = layer;
      const h = convolved(x, size, shape.inputs, weights, channels);
      const expected = statisticsOf(h, channels);
      for (let c = 0; c < channels; c++) {
        expect(Math.abs(population.mean[c] - expected.mean[c])).toBeLessThan(CLOSE);
        expect(Math.abs(population.deviation[c] / expected.deviation[c] - 1)).toBeLessThan(CLOSE);
      }
      const y = h.map((value, k) => {
        const c = k % channels;
        return (gamma[c] * (value - expected.mean[c])) / expected.deviation[c] + beta[c];
      });
      x = pooled(y, size, channels);
      size /= 2;
    }
  });

  it.each(['batch-normalization', 'batch-mean', 'batch-deviation'] as const)(
    'make %s in tests what it is in training, where the minibatch is the training set',
    (name) => {
      const set = normalPixels(7, 6, PIXELS, SHAPE.classes);
      const network = smallNetwork(name, SHAPE);
      measurePopulation(network, set);
      placeAll(network, set);
      const score: Score = { loss: 0, hits: 0 };
      forward(network, set.count, false, score);
      // Sums in another order, in float32.
      expect(Math.abs(score.loss / set.count / lossesOn(network, set).loss - 1)).toBeLessThan(CLOSE);
    },
  );
});

describe('a network', () => {
  it('tests a set in portions as it does at once', () => {
    const set = normalPixels(8, 17, PIXELS, SHAPE.classes);
    const losses = [6, 17].map((capacity) => {
      const network = smallNetwork('layer-normalization', { ...SHAPE, capacity });
      return lossesOn(network, set);
    });
    expect(Math.abs(losses[0].loss / losses[1].loss - 1)).toBeLessThan(1e-12);
    expect(losses[0].accuracy).toBe(losses[1].accuracy);
  });

  function gradientsOn(name: MethodName, set: Pixels, shifted = false): Network {
    const network = smallNetwork(name, SHAPE);
    if (shifted) network.layers.forEach(({ beta }) => beta.fill(0.3));
    network.layers.forEach(measureLengths);
    measurePopulation(network, set);
    placeAll(network, set);
    forward(network, set.count, false, { loss: 0, hits: 0 });
    backward(network, set.count);
    return network;
  }

  // A field that its own batch normalizes does not change with the length of w, so that the gradient is orthogonal to w; but for the
  // floor in the deviation, 1e-5 of a variance of some units.
  it.each(['batch-normalization', 'weight-normalization'] as const)(
    'with %s moves weights at right angles',
    (name) => {
      const network = gradientsOn(name, normalPixels(9, 6, PIXELS, SHAPE.classes));
      for (const { weights, weightGradient, channels } of network.layers) {
        for (let c = 0; c < channels; c++) {
          let [along, square, length] = [0, 0, 0];
          for (let k = c; k < weights.length; k += channels) {
            along += weights[k] * weightGradient[k];
            square += weightGradient[k] ** 2;
            length += weights[k] ** 2;
          }
          expect(Math.abs(along) / Math.sqrt(square * length)).toBeLessThan(3e-5);
        }
      }
    },
  );

  // ReLU and maximum pass a factor on, and the next block divides by it, but for its floor: as above.
  it('with batch normalization has no gradient along γ and β of a block before the last; with population statistics it has', () => {
    const along = (name: MethodName, l: number): number => {
      const network = gradientsOn(name, normalPixels(9, 6, PIXELS, SHAPE.classes), true);
      const { gamma, beta, gammaGradient, betaGradient } = network.layers[l];
      const product = gamma.reduce(
        (sum, value, c) => sum + value * gammaGradient[c] + beta[c] * betaGradient[c],
        0,
      );
      return product / Math.hypot(...gammaGradient, ...betaGradient) / Math.hypot(...gamma, ...beta);
    };
    expect(Math.abs(along('batch-normalization', 0))).toBeLessThan(3e-5);
    expect(Math.abs(along('batch-normalization', 1))).toBeGreaterThan(0.01);
    expect(Math.abs(along('population-normalization', 0))).toBeGreaterThan(0.01);
  });

  it('has methods by the names of the command line', () => {
    expect(methodNames).toEqual([
      ...['none', 'weight-normalization', 'batch-normalization', 'batch-mean', 'batch-deviation'],
      ...['population-normalization', 'layer-normalization'],
    ]);
    expect(methodNames.filter((name) => methods[name].population === 'always')).toEqual([
      ...['batch-mean', 'batch-deviation', 'population-normalization'],
    ]);
  });
});
