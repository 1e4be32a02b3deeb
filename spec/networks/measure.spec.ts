import { withoutRest } from '../../lib/foundation/turns.js';
import { drawDropout } from '../../lib/networks/dropout.js';
import {
  channelReliance,
  gammaNorm,
  layerFigures,
  lossesOn,
  prepareTests,
} from '../../lib/networks/measure.js';
import { methods, type MethodName } from '../../lib/networks/methods/index.js';
import { emptyNetwork, type Network } from '../../lib/networks/network.js';
import { addGammaDecay, momentumSgd } from '../../lib/networks/optimizer.js';
import { publishedDecays } from '../../lib/networks/published-decay.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { normalPixels, smallNetwork } from './small-networks.js';

const SHAPE = { size: 8, colors: 1, classes: 4, capacity: 64 };
const PIXELS = SHAPE.size * SHAPE.size * SHAPE.colors;

/** A network whose first block sees single pixels, so that its fields are as they are drawn, at the border too. */
function seeingPixels(name: MethodName): Network {
  const network = smallNetwork(name, SHAPE);
  const [{ weights, channels }] = network.layers;
  weights.forEach((_, k) => (weights[k] = Math.floor(k / channels) === 4 ? 1 : 0));
  return network;
}

describe('measures of a network', () => {
  const set = normalPixels(5, 64, PIXELS, SHAPE.classes);

  it('loss of a head of zeros is ln of the number of classes, and the first class is named', () => {
    const network = smallNetwork('none', SHAPE);
    network.head.weights.fill(0);
    const { loss, accuracy } = lossesOn(network, set);
    expect(Math.abs(loss - Math.log(SHAPE.classes))).toBeLessThan(1e-14);
    expect(accuracy).toBe(1 / SHAPE.classes);
  });

  it('ζ published is that of Gaussian fields in the first block, 3/(8M)', () => {
    const network = seeingPixels('batch-normalization');
    prepareTests(network, set);
    // (ρ + 2)I/(8M) + ⟨sig⟩/(2M), ρ = 0 and I = ½. Of n = 2,048 fields ρ has the deviation √(24/n) = 0.108, I √(1.25/n) = 0.025, ⟨sig⟩
    // √(0.043/n) = 0.005: M ζ to 0.009 in square sum, and four of these.
    const [first] = publishedDecays(network, set, 16);
    expect(Math.abs(16 * first - 3 / 8)).toBeLessThan(4 * 0.009);
  });

  it('kurtosis is 0 for Gaussian fields, −2 for fields of two values', () => {
    const network = seeingPixels('none');
    // √(24/4096) = 0.077 for 4,096 pixels, and four of these.
    expect(Math.abs(layerFigures(network, set, 1).kurtosis[0])).toBeLessThan(4 * 0.077);
    const signs = { ...set, values: set.values.map(Math.sign) };
    // −2 + 4m² to second order in the mean m, which is √(1/4096): four deviations of it.
    expect(Math.abs(layerFigures(network, signs, 1).kurtosis[0] + 2)).toBeLessThan((4 * 16) / 4096);
  });

  it('γ without a γ is the length of the weights', () => {
    const network = smallNetwork('none', SHAPE);
    const squares = network.layers.flatMap(({ weights }) => Array.from(weights, (weight) => weight * weight));
    const norm = Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
    // Lengths are taken in double precision, in another order.
    expect(Math.abs(gammaNorm(network) / norm - 1)).toBeLessThan(1e-14);
    const lengths = Array.from(network.layers[1].lengths);
    const expected = lengths.reduce((sum, length) => sum + 0.1 / length, 0) / lengths.length;
    expect(Math.abs(layerFigures(network, set, 0.1).effectiveLearningRate[1] / expected - 1)).toBeLessThan(
      1e-14,
    );
  });

  it('reliance is the loss that a channel takes with it', () => {
    const network = smallNetwork('none', SHAPE);
    const { head, layers } = network;
    // One channel of the last block alone is looked at, and says nothing: the loss falls to ln 4 when it is silenced.
    head.weights.fill(0);
    head.weights[3] = 5;
    const { loss } = lossesOn(network, set);
    const rise = (Math.log(SHAPE.classes) - loss) / layers[1].channels;
    // Of all 16 channels one changes the loss: the mean over channels, in double precision.
    expect(Math.abs(withoutRest(channelReliance(network, set))[1] - rise)).toBeLessThan(1e-12);
    expect(loss).toBeGreaterThan(Math.log(SHAPE.classes));
  });
});

describe('training', () => {
  it('steps as v ← μv + g, w ← w − ηv', () => {
    const network = smallNetwork('batch-normalization', SHAPE);
    const [{ gamma, gammaGradient }] = network.layers;
    const optimizer = momentumSgd(network, 0.5);
    gammaGradient.fill(1);
    optimizer.step(0.1);
    gammaGradient.fill(2);
    optimizer.step(0.2);
    // v = 1, then 2.5: 1 − 0.1 − 0.5.
    expect(Math.abs(gamma[0] - 0.4)).toBeLessThan(1e-15);
  });

  it('adds the gradient of ½ζγ², of the weights where they are γ', () => {
    const normalized = smallNetwork('population-normalization', SHAPE);
    normalized.layers.forEach(({ gamma }) => gamma.fill(3));
    addGammaDecay(normalized, [0.5, 0.25]);
    expect(normalized.layers.map(({ gammaGradient }) => gammaGradient[0])).toEqual([1.5, 0.75]);
    const plain = smallNetwork('none', SHAPE);
    addGammaDecay(plain, [0.5, 0]);
    const [first, second] = plain.layers;
    expect(first.weightGradient[7]).toBe(0.5 * first.weights[7]);
    expect(second.weightGradient[7]).toBe(0);
  });

  it('drops a share p, and divides the rest by 1 − p', () => {
    const image = { height: 16, width: 16, colors: 1, widths: [64], classes: 4 };
    const network = emptyNetwork({ ...image, capacity: 64, hasDropout: true }, methods.none);
    drawDropout(network, 64, 0.3, randomStream(1));
    const [{ mask }] = network.layers;
    const dropped = mask.filter((value) => value === 0).length;
    expect(new Set(mask)).toEqual(new Set([0, Math.fround(1 / 0.7)]));
    // A binomial count of 262,144: five standard deviations, two-sided 6e-7.
    expect(Math.abs(dropped / mask.length - 0.3)).toBeLessThan(5 * Math.sqrt(0.21 / mask.length));
  });
});
