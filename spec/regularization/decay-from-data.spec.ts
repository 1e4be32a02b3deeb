import { fillNormal } from '../../lib/random/normal-deviates.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { gammaDecayFromData } from '../../lib/regularization/decay-from-data.js';
import { bernoulliLikelihood } from '../../lib/regularization/likelihood.js';
import { sampleBatchLoss } from '../../lib/regularization/sampled-batch-loss.js';

function normals(seed: number, count: number): Float64Array {
  const values = new Float64Array(count);
  fillNormal(randomStream(seed), values);
  return values;
}

describe('ζ from data', () => {
  it('of a few numbers is what one computes by hand, whatever their mean and scale', () => {
    // Standardized ±√2, 0: ρ = ⟨h̄⁴⟩ − 3 = (4 + 4 + 0 + 0)/4 − 3 = −1, ⟨h̄²⟩ = 1.
    const preactivations = [5 - 3, 5 + 3, 5, 5];
    const decay = gammaDecayFromData({ activation: identity, batchSize: 2, preactivations });
    expect(decay.kurtosis).toBeCloseTo(-1, 12);
    expect(decay.fromMean).toBeCloseTo(1 / 4, 12);
    expect(decay.fromDeviation).toBeCloseTo((-1 + 2) / 16, 12);
    expect(decay.gammaDecay).toBeCloseTo(1 / 4 + 1 / 16, 12);
  });

  it('counts the score of the labels where asked to', () => {
    const preactivations = [-1, 1, -1, 1];
    const labels = [0, 1, -1, 3];
    const decay = gammaDecayFromData({
      activation: identity,
      batchSize: 2,
      preactivations,
      labels,
      gamma: 0.5,
      information: 'score',
    });
    // Residuals t − γh̄ = 0.5, 0.5, −0.5, 2.5, times h̄ = ∓1, squared and averaged: 7/4. ρ = −2.
    expect(decay.fisherInformation).toBeCloseTo((3 * 0.25 + 6.25) / 4, 12);
    expect(decay.fromDeviation).toBeCloseTo(0, 12);
    expect(decay.modelInformation).toBeCloseTo(1, 12);
  });

  it('of a curved unit and labels 0 and 1 is made of derivatives of the loss', () => {
    const gamma = 0.7;
    const preactivations = [-1.2, 0.3, 0.9, 2.5, -0.4];
    const labels = [0, 1, 0, 1, 1];
    const mean = preactivations.reduce((sum, h) => sum + h, 0) / 5;
    const deviation = Math.sqrt(preactivations.reduce((sum, h) => sum + (h - mean) ** 2, 0) / 5);
    const fields = preactivations.map((h) => (h - mean) / deviation);
    const loss = (label: number, z: number): number => bernoulliLikelihood.loss(label, erf.value(z));
    // Central differences: 1e-10 of truncation, 1e-11 of rounding.
    const h = 1e-5;
    const byField = (label: number, z: number): number => (loss(label, z + h) - loss(label, z - h)) / (2 * h);
    // E over the model's own labels of the squared slope of the loss, which is the curvature it has on average.
    const curvature = (z: number): number => {
      const one = 1 / (1 + Math.exp(-erf.value(z)));
      return one * byField(1, z) ** 2 + (1 - one) * byField(0, z) ** 2;
    };
    const average = (f: (field: number, j: number) => number): number =>
      fields.reduce((sum, field, j) => sum + f(field, j), 0) / 5;
    const decay = gammaDecayFromData({
      activation: erf,
      likelihood: bernoulliLikelihood,
      batchSize: 3,
      preactivations,
      labels,
      gamma,
    });
    const model = average((field) => curvature(gamma * field) * field * field);
    const kurtosis = average((field) => field ** 4) - 3;
    expect(decay.modelInformation).toBeCloseTo(model, 8);
    expect(decay.scoreInformation).toBeCloseTo(
      average((field, j) => (byField(labels[j], gamma * field) * field) ** 2),
      8,
    );
    expect(decay.standardErrors.scoreInformation).toBeGreaterThan(0);
    expect(decay.fromMean).toBeCloseTo(average((field) => curvature(gamma * field)) / 6, 8);
    expect(decay.fromDeviation).toBeCloseTo(((kurtosis + 2) * model) / 24, 8);
  });

  it('of a large Gaussian sample is 3/(4M), with bootstrap errors that cover the difference', () => {
    const decay = gammaDecayFromData({
      activation: identity,
      batchSize: 10,
      preactivations: normals(5, 20_000),
    });
    expect([decay.scoreInformation, decay.standardErrors.scoreInformation]).toEqual([undefined, undefined]);
    // One comparison at four standard errors.
    expect(Math.abs(decay.gammaDecay - 0.075)).toBeLessThan(4 * decay.standardErrors.gammaDecay);
    // Var of the sample kurtosis of a Gaussian is 24/P; 200 resamples give it to 5 %, four times that here.
    expect(decay.standardErrors.kurtosis / Math.sqrt(24 / 20_000)).toBeGreaterThan(0.8);
    expect(decay.standardErrors.kurtosis / Math.sqrt(24 / 20_000)).toBeLessThan(1.2);
  });

  it.each([
    [[1, 1, 1], { batchSize: 2 }, 'preactivations'],
    [[1, 2, 3], { batchSize: 1 }, '`batchSize` must be an integer >= 2; got 1'],
    [[1, 2, 3], { batchSize: 4 }, 'preactivations'],
    [[1, NaN, 3], { batchSize: 2 }, 'preactivations[1]'],
    [
      [1, 2, 3],
      { batchSize: 2, labels: [1, 2] },
      '`labels` must be as many as preactivations, 3; got "2 of them"',
    ],
    [
      [1, 2, 3],
      { batchSize: 2, labels: [1, 0, 2], likelihood: bernoulliLikelihood },
      '`labels[2]` must be 0 or 1',
    ],
    [
      [1, 2, 3],
      { batchSize: 2, information: 'score' as const },
      '`information` must be model where there are no labels',
    ],
  ])('refuses, in one line, %p with %p', (preactivations, options, message) => {
    const call = (): unknown => gammaDecayFromData({ activation: identity, preactivations, ...options });
    expect(call).toThrow(message);
    expect(call).toThrow(/^[^\n]+$/);
  });
});

describe('the loss of data under random batch statistics', () => {
  it.each([
    ['identity', identity],
    ['relu', relu],
  ] as const)('exceeds that of population normalization by ζγ², %s', (_, activation) => {
    // A student at its optimum: labels of the teacher itself, R = 1 and γ = 1.
    const fields = normals(21, 4000);
    const mean = fields.reduce((sum, value) => sum + value, 0) / fields.length;
    const deviation = Math.sqrt(fields.reduce((sum, value) => sum + (value - mean) ** 2, 0) / fields.length);
    const labels = fields.map((value) => activation.value((value - mean) / deviation));
    const batchSize = 64;
    const { excess } = sampleBatchLoss({
      activation,
      batchSize,
      preactivations: fields,
      labels,
      batches: 4000,
      seed: 3,
    });
    const { gammaDecay } = gammaDecayFromData({ activation, batchSize, preactivations: fields });
    // Four standard errors of the drawing, and the next order: relative 1/M, for ReLU 1/√M times 0.3.
    const next = gammaDecay * (activation === relu ? 0.3 / 8 : 4 / 64);
    expect(Math.abs(excess.mean - gammaDecay)).toBeLessThan(4 * excess.standardError + next);
    expect(excess.standardError).toBeLessThan(0.05 * gammaDecay);
  });
});
