import { leakyRelu } from '../../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import { AVERAGES } from '../../../lib/generalization/channel.js';
import { shortStepAverages } from '../../../lib/generalization/channels/short-step.js';
import { twoSlopeChannel } from '../../../lib/generalization/channels/two-slope-channel.js';

describe('averages where a step hardly moves the field', () => {
  const states = [
    [0.5, 0.4, 0.8],
    [-0.2, 0.6, 0.3],
    [0.7, 0.4, 0.05],
  ] as const;

  it.each([
    ['relu', relu, 0, 0.05, 1],
    ['leaky ReLU', leakyRelu(0.3), 0.3, 0.05, 1],
    ['leaky ReLU with little noise', leakyRelu(0.3), 0.3, 0.01, 1.2],
    ['leaky ReLU without noise', leakyRelu(0.3), 0.3, 0, 1.5],
  ])('are those of cones also where it moves far: %s', (_, unit, below, noiseVariance, teacherLength) => {
    const channel = twoSlopeChannel(unit, noiseVariance, teacherLength);
    const short = shortStepAverages(1, below, Math.sqrt(noiseVariance), teacherLength);
    const [expected, found] = [new Float64Array(AVERAGES), new Float64Array(AVERAGES)];
    for (const [mu, sigma, inverse] of states) {
      const gap = teacherLength - mu;
      expect(short.holds(mu, sigma, inverse, gap)).toBe(false); // so that the channel does not ask it
      channel.average(mu, sigma, inverse, expected);
      const slopeSquare = short.average(mu, sigma, inverse, gap, found);
      // Rounding of sums over panels, of numbers of order one.
      found.forEach((value, i) => {
        expect(Math.abs(value - expected[i])).toBeLessThan(1e-13);
      });
      expect(Math.abs(slopeSquare - channel.slopeSquare(mu, sigma, inverse))).toBeLessThan(1e-13);
    }
  });
});
