import { identity } from '../../../lib/gaussian/activations/identity.js';
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
    ['relu', relu, relu, 0.05, 1],
    ['leaky ReLU', leakyRelu(0.3), leakyRelu(0.3), 0.05, 1],
    ['leaky ReLU with little noise', leakyRelu(0.3), leakyRelu(0.3), 0.01, 1.2],
    ['leaky ReLU without noise', leakyRelu(0.3), leakyRelu(0.3), 0, 1.5],
    ['relu of a linear teacher', relu, identity, 0.05, 1.2],
    ['relu of a linear teacher without noise', relu, identity, 0, 1.2],
    ['relu of the absolute value', relu, leakyRelu(-1), 0.05, 0.8],
    ['relu of the absolute value without noise', relu, leakyRelu(-1), 0, 0.8],
  ])('are those of cones also where it moves far: %s', (_, unit, teacher, noiseVariance, teacherLength) => {
    const channel = twoSlopeChannel(unit, noiseVariance, teacherLength, teacher);
    const [below, labels] = [unit.slopes![1], teacher.slopes!];
    const short = shortStepAverages(1, below, Math.sqrt(noiseVariance), teacherLength, labels);
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
