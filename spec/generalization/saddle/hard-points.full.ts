import type { Activation } from '../../../lib/gaussian/activation.js';
import { leakyRelu } from '../../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import { scanSaddlePoints } from '../../support/saddle-scan.js';

describe('a long scan over loads, decays and noises', () => {
  const units: [string, Activation][] = [
    ['relu', relu],
    ['leaky ReLU', leakyRelu(0.2)],
    ['a leaky ReLU that is steeper below zero', leakyRelu(3)],
    ['a leaky ReLU that is almost flat below zero', leakyRelu(0.01)],
  ];

  it.each(units)('finds every point: %s', (_, activation) => {
    for (const seed of [2, 3]) expect(scanSaddlePoints(activation, 1500, seed).lost).toEqual([]);
  });
});
