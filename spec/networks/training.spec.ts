import { relu } from '../../lib/gaussian/activations/relu.js';
import { fieldsOfChannel, lossesOn, prepareTests } from '../../lib/networks/measure.js';
import { momentumSgd } from '../../lib/networks/optimizer.js';
import { publishedDecays } from '../../lib/networks/published-decay.js';
import { shuffle } from '../../lib/networks/streams.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { estimate } from '../../lib/numerics/statistics.js';
import { gammaDecayFromData } from '../../lib/regularization/decay-from-data.js';
import { inOrder, normalPixels, smallNetwork } from './small-networks.js';

describe('the order of images', () => {
  it('is each of all orders as often', () => {
    const stream = randomStream(7);
    const counts = new Map<string, number>();
    const order = inOrder(3);
    const draws = 6000;
    for (let k = 0; k < draws; k++) {
      shuffle(order, stream);
      counts.set(order.join(), (counts.get(order.join()) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(['0,1,2', '0,2,1', '1,0,2', '1,2,0', '2,0,1', '2,1,0']);
    const expected = draws / 6;
    const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    // Five degrees of freedom: one of 100,000 seeds is beyond.
    expect(chiSquare).toBeLessThan(30.9);
  });
});

describe('the velocity of SGD', () => {
  it('is kept in the precision of its parameter', () => {
    const network = smallNetwork('none', { size: 8, colors: 1, classes: 4, capacity: 16 });
    const [{ weights, weightGradient, beta, betaGradient }] = network.layers;
    const optimizer = momentumSgd(network, 0.7);
    weights.fill(0);
    weightGradient.fill(0.1);
    betaGradient.fill(0.1);
    optimizer.step(0);
    optimizer.step(1);
    const single = Math.fround(0.7 * Math.fround(0.1) + Math.fround(0.1));
    expect(weights[0]).toBe(Math.fround(-single));
    expect(beta[0]).toBe(-(0.7 * 0.1 + 0.1));
  });
});

describe('ζ published', () => {
  it('takes all columns of an image as often, though its border is of another kind', () => {
    // 2,048 images of 4 × 4 pixels, black but for the inner four: sixteen fields in every 16th place would be all of one column.
    const network = smallNetwork('batch-normalization', { size: 4, colors: 1, classes: 4, capacity: 2048 });
    const set = normalPixels(8, 2048, 16, 4);
    set.values.forEach((_, k) => {
      const [row, column] = [Math.floor(k / 4) % 4, k % 4];
      if (row % 3 === 0 || column % 3 === 0) set.values[k] = 0;
    });
    prepareTests(network, set);
    const [layer] = network.layers;
    const [sampled] = publishedDecays(network, set, 16);
    lossesOn(network, set);
    const decays = Array.from({ length: layer.channels }, (_, c) => {
      const preactivations = fieldsOfChannel(layer, c, 2048);
      return gammaDecayFromData({ activation: relu, batchSize: 16, preactivations, resamples: 2 }).gammaDecay;
    });
    // The error of a kurtosis near 3 from 2,000 fields is 0.3 (in ρ/(16M), of ζM = 0.4: 5 %); of eight channels two thirds of that.
    const gap = Math.abs(sampled / estimate(decays).mean - 1);
    expect(gap).toBeLessThan(0.1);
    // It is a sample: of all fields only the digits of scale and offset, float32, would differ.
    expect(gap).toBeGreaterThan(1e-5);
  });

  it('is that of fields with the scale and the shift that a layer gives them, on as many images as it holds', () => {
    const shape = { size: 8, colors: 1, classes: 4, capacity: 16 };
    const network = smallNetwork('batch-normalization', shape);
    const [layer] = network.layers;
    layer.gamma.fill(0.7);
    layer.beta.fill(0.3);
    const set = normalPixels(5, 24, 64, 4);
    // So that fields have a mean.
    set.values.forEach((value, k) => (set.values[k] = value + 1));
    const held = { ...set, count: 16 };
    prepareTests(network, held);
    const [found] = publishedDecays(network, set, 16);
    lossesOn(network, held);
    const decays = Array.from({ length: layer.channels }, (_, c) => {
      const preactivations = fieldsOfChannel(layer, c, 16);
      const common = { activation: relu, batchSize: 16, preactivations, resamples: 2 };
      return gammaDecayFromData({ ...common, gamma: 0.7, shift: 0.3 }).gammaDecay;
    });
    const mean = decays.reduce((sum, decay) => sum + decay, 0) / decays.length;
    // The layer's variance has 1e-5 added, and its scale is in single precision.
    expect(Math.abs(found / mean - 1)).toBeLessThan(1e-4);
  });
});
