import { stepCoefficients, type BatchStep } from '../../lib/dynamics/batch-step.js';
import { batchNormalizedStep } from '../../lib/dynamics/batch-normalized-step.js';
import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { populationNormalization } from '../../lib/dynamics/rules/population-normalization.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import type { Activation } from '../../lib/gaussian/activation.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';

const N = 5;
const M = 4;
const rootN = Math.sqrt(N);
const ETA = 0.3;
const ETA_GAMMA = 0.7;
const ZETA = 0.4;

// Fixed, unremarkable numbers; no field of theirs stands near a kink.
const inputs = Array.from({ length: M }, (_, i) =>
  Array.from({ length: N }, (__, k) => Math.sin(3 * i + 7 * k + 1) * 1.7),
);
const teacher = Array.from({ length: N }, (_, k) => Math.cos(k) * 1.3);
const weights = Array.from({ length: N }, (_, k) => Math.sin(2 * k + 0.5));
const labelNoise = [0.1, -0.2, 0.3, 0.05];
const GAMMAS = [0.8, -0.6];

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, k) => sum + x * b[k], 0);

type Output = (w: readonly number[], gamma: number, sample: number) => number;

/** ½⟨(t − ŷ)²⟩ + ½ζγ² of the minibatch, from its definition. */
function loss(
  activation: Activation,
  output: Output,
  zeta: number,
  w: readonly number[],
  gamma: number,
): number {
  let sum = 0;
  for (let i = 0; i < M; i++) {
    const target = activation.value(dot(teacher, inputs[i]) / rootN) + labelNoise[i];
    sum += (target - activation.value(output(w, gamma, i))) ** 2;
  }
  return sum / (2 * M) + (zeta / 2) * gamma * gamma;
}

/** The student's field normalized by mean and deviation of the batch, or by one of them and the population's. */
const byBatch =
  (takesMean: boolean, takesDeviation: boolean): Output =>
  (w, gamma, i) => {
    const fields = inputs.map((x) => dot(w, x) / rootN);
    const mean = fields.reduce((a, b) => a + b) / M;
    const variance = fields.reduce((a, b) => a + (b - mean) ** 2, 0) / M;
    const deviation = takesDeviation ? Math.sqrt(variance) : Math.sqrt(dot(w, w)) / rootN;
    return (gamma * (fields[i] - (takesMean ? mean : 0))) / deviation;
  };

const outputs: Record<string, Output> = {
  sgd: (w, _gamma, i) => dot(w, inputs[i]) / rootN,
  normalized: (w, gamma, i) => (gamma * dot(w, inputs[i])) / Math.sqrt(dot(w, w)),
  both: byBatch(true, true),
  deviation: byBatch(false, true),
  mean: byBatch(true, false),
};

/** Δw and Δγ that the step asks for. */
function update(step: BatchStep, gamma: number, hasScale: boolean): { weights: number[]; gamma: number } {
  const norm = Math.sqrt(dot(weights, weights));
  const fields = {
    teacher: Float64Array.from(inputs, (x) => dot(teacher, x) / rootN),
    student: Float64Array.from(inputs, (x) => dot(weights, x) / norm),
    noise: Float64Array.from(labelNoise),
  };
  const out = stepCoefficients(M);
  const length = norm / rootN;
  step.compute(0, hasScale ? [gamma, NaN, length] : [NaN, length], fields, out);
  return {
    weights: weights.map(
      (w, k) =>
        (inputs.reduce((sum, x, i) => sum + out.onInputs[i] * x[k], 0) + (out.onStudent * w) / norm) / rootN,
    ),
    gamma: out.scaleChange / N,
  };
}

const common = { learningRate: ETA, batchSize: M, noiseVariance: 0 };
const cases: [string, Activation, BatchStep, Output, number, boolean][] = [
  ...[identity, relu, erf].flatMap(
    (activation): [string, Activation, BatchStep, Output, number, boolean][] => [
      ['sgd', activation, sgd({ activation, ...common }).batchStep, outputs['sgd'], 0, false],
      ...[weightNormalization, populationNormalization].map(
        (rule): [string, Activation, BatchStep, Output, number, boolean] => [
          rule.name,
          activation,
          rule({ activation, ...common, gammaLearningRate: ETA_GAMMA, gammaDecay: ZETA }).batchStep,
          outputs['normalized'],
          ZETA,
          true,
        ],
      ),
    ],
  ),
  ...[identity, relu].map((activation): [string, Activation, BatchStep, Output, number, boolean] => [
    'batchNormalization',
    activation,
    batchNormalization({ activation, ...common, gammaLearningRate: ETA_GAMMA, gammaDecay: ZETA }).batchStep,
    outputs['both'],
    ZETA,
    true,
  ]),
  // The step itself: as a rule, normalization by the deviation wants M ≥ 8.
  ...[identity, relu, erf].flatMap((activation) =>
    (['deviation', 'mean'] as const).map(
      (statistics): [string, Activation, BatchStep, Output, number, boolean] => [
        statistics,
        activation,
        {
          ...{ batchSize: M, noiseVariance: 0 },
          compute: batchNormalizedStep(
            statistics,
            { activation, ...common, gammaLearningRate: ETA_GAMMA, gammaDecay: ZETA },
            { rate: () => ETA, gammaRate: () => ETA_GAMMA },
          ),
        },
        outputs[statistics],
        ZETA,
        true,
      ],
    ),
  ),
];

describe.each(cases)('step of %s', (name, activation, step, output, zeta, trainsGamma) => {
  const h = 1e-5;

  it.each(GAMMAS)(`descends the gradient of the minibatch loss at γ = %p (${activation.name})`, (gamma) => {
    const change = update(step, gamma, trainsGamma);
    weights.forEach((_, k) => {
      const shifted = (by: number): number[] => weights.map((w, j) => (j === k ? w + by : w));
      const slope =
        (loss(activation, output, zeta, shifted(h), gamma) -
          loss(activation, output, zeta, shifted(-h), gamma)) /
        (2 * h);
      // Central differences: h² of truncation and 1e-16/h of rounding.
      expect(Math.abs(change.weights[k] + ETA * slope)).toBeLessThan(1e-9);
    });
    const slope =
      (loss(activation, output, zeta, weights, gamma + h) -
        loss(activation, output, zeta, weights, gamma - h)) /
      (2 * h);
    expect(Math.abs(change.gamma + (trainsGamma ? (ETA_GAMMA / N) * slope : 0))).toBeLessThan(1e-9);
    expect(Math.max(...change.weights.map(Math.abs))).toBeGreaterThan(1e-3);
    expect(name).toBeTruthy();
  });
});
