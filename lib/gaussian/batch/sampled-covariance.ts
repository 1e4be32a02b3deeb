import { gaussRuleOf, reweighted } from '../../numerics/gauss-rule.js';
import { equallySpaced } from '../../numerics/equally-spaced.js';
import type { QuadratureRule } from '../../numerics/quadrature-rule.js';
import { fillNormal } from '../../random/normal-deviates.js';
import { randomStream } from '../../random/random-stream.js';
import type { ActivationFunction } from '../activation.js';

/**
 * Writes the covariance over minibatches of (⟨δp⟩, ⟨δ̃(u − Rv)⟩/s, ⟨δ̃²⟩/(Ms²)), by the mean alone without the s, above the diagonal and
 * on it to out[0…5], row by row. Their means are A, B and C.
 */
export type BatchCovariance = (gamma: number, phi: number, out: Float64Array) => void;

const SEED = 20_190_506;
// Batches that are drawn: as many as have so many samples together, but between these. A variance then has an error of 1 to 2 %.
const SAMPLES = 2 ** 17;
const FEWEST = 2 ** 12;
const MOST_SAMPLES = 2 ** 20;
const DEVIATIONS = 5;

/** A rule for s whose polynomials are exact under s^{−4} times the law of s, M s² ~ χ² with M − 1 degrees of freedom; weights of the law. */
function deviationRule(batchSize: number, power: number): QuadratureRule {
  const degree = batchSize - 2 - power;
  const mode = Math.sqrt(degree / batchSize);
  const spread = 9 / Math.sqrt(batchSize);
  const density = (s: number): number =>
    (degree > 0 ? (s / mode) ** degree : 1) * Math.exp((-batchSize * (s * s - mode * mode)) / 2);
  const edges = equallySpaced(Math.max(0, mode - spread), mode + spread, 5);
  return reweighted(gaussRuleOf(density, edges, DEVIATIONS), (s) => s ** power);
}

function batchesOf(batchSize: number): number {
  return Math.ceil(Math.min(Math.max(FEWEST, SAMPLES / batchSize), MOST_SAMPLES / batchSize));
}

/** For each batch v̂, normal numbers for the hidden part of the teacher's fields and for the noise, and √M μ. */
function drawBatches(batchSize: number, batches: number): Float64Array {
  const width = 3 * batchSize + 1;
  const drawn = new Float64Array(batches * width);
  fillNormal(randomStream(SEED, 0), drawn);
  for (let from = 0; from < drawn.length; from += width) {
    let mean = 0;
    for (let i = from; i < from + batchSize; i++) mean += drawn[i]! / batchSize;
    let square = 0;
    for (let i = from; i < from + batchSize; i++) square += (drawn[i]! - mean) ** 2;
    const deviation = Math.sqrt(square / batchSize);
    for (let i = from; i < from + batchSize; i++) drawn[i] = (drawn[i]! - mean) / deviation;
  }
  return drawn;
}

/**
 * The covariance by batches drawn at random, always the same ones, so that it is a smooth function of γ and φ: directions of the fields, μ, the
 * teacher and the noise, and for each the deviations s of a Gauss rule, since powers as high as s^{−4} would be badly drawn. Relative standard
 * error of a variance: 1 to 2 %, more from M = 512 on.
 *
 * @param statistics `both` with M ≥ 6, below which E[1/s⁴] is infinite, or `mean` with M ≥ 2
 */
export function sampledCovariance(
  { value, derivative }: ActivationFunction,
  batchSize: number,
  noiseVariance: number,
  statistics: 'both' | 'mean',
  teacher: Pick<ActivationFunction, 'value'> = { value },
): BatchCovariance {
  const byDeviation = statistics === 'both';
  const rule = deviationRule(batchSize, byDeviation ? 4 : 0);
  const batches = batchesOf(batchSize);
  const width = 3 * batchSize + 1;
  let drawn: Float64Array | undefined;
  let direction: Float64Array = new Float64Array(0);
  let across = direction;
  let noise = direction;
  const outputs = new Float64Array(batchSize);
  const slopes = new Float64Array(batchSize);
  const found = new Float64Array(3);
  const noiseScale = Math.sqrt(noiseVariance);

  function respond(scale: number): void {
    for (let i = 0; i < batchSize; i++) {
      outputs[i] = value(scale * direction[i]!);
      slopes[i] = derivative(scale * direction[i]!);
    }
  }

  /** The three numbers of the batch at a deviation s. */
  function measure(s: number, mu: number, overlap: number, sine: number): void {
    let [sum, along, square, turn, sumAcross, alongAcross] = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < batchSize; i++) {
      const v = direction[i]!;
      const z = across[i]!;
      const label = teacher.value(overlap * (mu + s * v) + sine * z) + noiseScale * noise[i]!;
      const delta = (label - outputs[i]!) * slopes[i]!;
      sum += delta;
      along += delta * v;
      square += delta * delta;
      turn += delta * z;
      sumAcross += z;
      alongAcross += v * z;
    }
    const taken = byDeviation ? along / batchSize : 0;
    const inverse = byDeviation ? 1 / s : 1;
    found[0] = (along / batchSize) * (byDeviation ? 1 : s);
    found[1] = ((sine * inverse) / batchSize) * (turn - (sum * sumAcross) / batchSize - taken * alongAcross);
    found[2] =
      ((inverse * inverse) / (batchSize * batchSize)) *
      (square - (sum * sum) / batchSize - batchSize * taken * taken);
  }

  return (gamma, phi, out) => {
    drawn ??= drawBatches(batchSize, batches);
    const [overlap, sine] = [Math.cos(phi), Math.sin(phi)];
    const means = new Float64Array(3);
    out.fill(0);
    for (let batch = 0; batch < batches; batch++) {
      const from = batch * width;
      direction = drawn.subarray(from, from + batchSize);
      across = drawn.subarray(from + batchSize, from + 2 * batchSize);
      noise = drawn.subarray(from + 2 * batchSize, from + 3 * batchSize);
      const mu = drawn[from + 3 * batchSize]! / Math.sqrt(batchSize);
      if (byDeviation) respond(gamma);
      for (let k = 0; k < DEVIATIONS; k++) {
        const s = rule.nodes[k]!;
        if (!byDeviation) respond(gamma * s);
        measure(s, mu, overlap, sine);
        const weight = rule.weights[k]! / batches;
        for (let i = 0, at = 0; i < 3; i++) {
          means[i] = means[i]! + weight * found[i]!;
          for (let j = i; j < 3; j++, at++) out[at] = out[at]! + weight * found[i]! * found[j]!;
        }
      }
    }
    for (let i = 0, at = 0; i < 3; i++)
      for (let j = i; j < 3; j++, at++) out[at] = out[at]! - means[i]! * means[j]!;
  };
}
