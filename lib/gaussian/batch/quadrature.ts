import { requireInteger } from '../../foundation/checks.js';
import { beat } from '../../foundation/turns.js';
import type { QuadratureRule } from '../../numerics/quadrature-rule.js';
import type { VectorFunction } from '../../numerics/piecewise-chebyshev.js';
import type { ActivationFunction } from '../activation.js';
import { normalizedByBoth } from './by-both.js';
import { normalizedByDeviation } from './by-deviation.js';
import { normalizedByMean } from './by-mean.js';
import type { BatchNode, FieldState } from './normalizations.js';
import { resolutionsOf, type Resolution } from './resolutions.js';
import { smoothedTeacher } from './smoothed-teacher.js';
import { smallestBatch, type BatchStatistics } from './statistics.js';

/**
 * Exact finite-batch averages of batch normalization for any continuous activations, by quadrature (docs/theory/batch-normalization.md):
 * A, B = sin²φ·B̂, C = C₀ + D·S.
 */
export interface BatchQuadrature {
  /** Writes A, B̂, C₀, D at (γ, φ) to out[0…3]; NaN where they are not known to 1e-7 of their terms. */
  readonly write: (gamma: number, phi: number, out: Float64Array) => void;
  /** Estimated error of the four at (γ, φ), relative to the terms they are made of. */
  relativeError(gamma: number, phi: number): number;
}

const USELESS = 1e-7;
// What is this far from settled at this many polynomials varies too quickly for the finer rules too.
const HOPELESS = 1e-3;
const PATIENCE = 50;

const normalizations = {
  both: normalizedByBoth,
  deviation: normalizedByDeviation,
  mean: normalizedByMean,
} as const;

/**
 * The averages for batch size M.
 *
 * Given s and μ the fields u_i are independent, normal of mean R(μ + s v̂_i) and variance 1 − R², and E[δ_i | v̂] =
 * g′(γv̂_i)(G − g(γv̂_i)), G the label g*(u) averaged over u (`smoothedTeacher`). Three nested integrals over s, μ and v̂ remain, in
 * which the pairs of C take products of F(v̂) = E[δ | v̂] (`pairAverage`). Panels are split at the kinks of g and g*.
 * Every call takes finer and finer rules until two agree (`batch-resolutions.ts`). Where the student takes one statistic of its
 * batch alone the integrals are others and the rest is the same (`BatchNormalization`).
 *
 * @param batchSize M ≥ 4, below which E[1/s²] is infinite; ≥ 8 by the deviation alone, ≥ 2 by the mean alone
 * @param teacher g*; default g
 * @throws RangeError when M is not an integer, or smaller
 */
export function batchQuadrature(
  activation: ActivationFunction,
  batchSize: number,
  teacher = activation,
  statistics: BatchStatistics = 'both',
): BatchQuadrature {
  requireInteger('batchSize', batchSize, smallestBatch[statistics]);
  const { value, derivative, kinks } = activation;
  const { ladder, mostTerms, tolerance } = resolutionsOf(
    statistics,
    kinks.length > 0 || teacher.kinks.length > 0,
  );
  const normalization = normalizations[statistics](kinks, teacher.kinks, batchSize, mostTerms);
  const { along, kept, pairs } = normalization;
  const label = new Float64Array(4);
  const result = new Float64Array(4);
  let last = { gamma: NaN, phi: NaN, error: NaN };
  // The student on the rule that was used last, which serves most batches.
  let student = {
    rule: undefined as QuadratureRule | undefined,
    gamma: NaN,
    scale: NaN,
    shift: NaN,
    outputs: label,
    slopes: label,
  };

  /** g and g′ of the student at the nodes of a rule. */
  function studentOn(rule: QuadratureRule, gamma: number, { scale, shift }: BatchNode): typeof student {
    const { nodes } = rule;
    if (
      student.rule === rule &&
      student.gamma === gamma &&
      student.scale === scale &&
      student.shift === shift
    )
      return student;
    const outputs = nodes.map((x) => value(gamma * (scale * x + shift)));
    const slopes = nodes.map((x) => derivative(gamma * (scale * x + shift)));
    student = { rule, gamma, scale, shift, outputs, slopes };
    return student;
  }

  /** The averages to out[0…3], and the sizes of their terms to out[4…7], at one resolution. */
  function evaluateAt(resolution: Resolution, gamma: number, phi: number, out: Float64Array): void {
    const state = { gamma, overlap: Math.cos(phi), sine: Math.sin(phi) };
    const extent = Math.abs(state.overlap) * normalization.largestField;
    const smoothed = smoothedTeacher(teacher, state.sine, extent, resolution.panel, resolution.smoothing);
    out.fill(0);
    normalization.batches(resolution, state, (batch) => {
      beat();
      addBatch(normalization.fields(resolution, state, batch), resolution.terms, smoothed, state, batch, out);
    });
  }

  /** Adds what batches of given statistics contribute. */
  function addBatch(
    rule: QuadratureRule,
    terms: number,
    smoothed: VectorFunction,
    { gamma, overlap }: FieldState,
    batch: BatchNode,
    out: Float64Array,
  ): void {
    const { nodes, weights } = rule;
    const { outputs, slopes } = studentOn(rule, gamma, batch);
    const { mu, s, scale, shift, forA, forB, ofMean } = batch;
    const forC = batch.forC / batchSize;
    const signal = new Float64Array(nodes.length);
    for (let j = 0; j < nodes.length; j++) {
      const x = nodes[j]!;
      const v = scale * x + shift;
      smoothed(overlap * (mu + s * x), label);
      const [mean, gate, square] = [label[0]!, label[1]!, label[2]!];
      const g = outputs[j]!;
      const slope = slopes[j]!;
      const turning = forB * weights[j]! * (kept - (along * x * v) / batchSize) * slope * gate;
      const power = forC * weights[j]! * (1 - (ofMean + along * x * x) / batchSize) * slope * slope;
      signal[j] = slope * (mean - g);
      out[0] = out[0]! + forA * weights[j]! * signal[j]! * v;
      out[1] = out[1]! + turning;
      out[2] = out[2]! + power * (square - 2 * g * mean + g * g);
      out[3] = out[3]! + power;
      out[4] = out[4]! + forA * weights[j]! * Math.abs(slope * v) * (Math.abs(mean) + Math.abs(g));
      out[5] = out[5]! + Math.abs(turning);
      out[6] = out[6]! + Math.abs(power) * (square + g * g);
      out[7] = out[7]! + Math.abs(power);
    }
    out[2] = out[2]! - forC * (1 - 1 / batchSize) * pairs(rule, signal, terms, ofMean, along);
  }

  function evaluate(gamma: number, phi: number): number {
    if (last.gamma === gamma && last.phi === phi) return last.error;
    let coarse = new Float64Array(8).fill(NaN);
    let fine = new Float64Array(8);
    let error = NaN;
    for (const resolution of ladder) {
      evaluateAt(resolution, gamma, phi, fine);
      error = differenceBySize(coarse, fine) / 4;
      [coarse, fine] = [fine, coarse];
      if (error < tolerance) break;
      if (resolution.terms > PATIENCE && error > HOPELESS) break;
    }
    if (error < USELESS) result.set(coarse.subarray(0, 4));
    else result.fill(NaN);
    last = { gamma, phi, error };
    return error;
  }

  return {
    write(gamma, phi, out) {
      evaluate(gamma, phi);
      out.set(result);
    },
    relativeError: evaluate,
  };
}

/** The largest difference of the first four entries relative to the sizes in the last four. */
function differenceBySize(coarse: Float64Array, fine: Float64Array): number {
  let worst = 0;
  for (let i = 0; i < 4; i++) {
    const difference = Math.abs(fine[i]! - coarse[i]!);
    const relative = difference === 0 ? 0 : difference / fine[4 + i]!;
    if (!(relative <= worst)) worst = relative; // NaN stays
  }
  return worst;
}
