import { requireInteger } from '../../foundation/checks.js';
import { beat } from '../../foundation/turns.js';
import { batchLaws } from './laws.js';
import { meanInverseVariance } from './moments.js';
import { batchPanels } from './panels.js';
import { kinkedResolutions, smoothResolutions, type Resolution } from './resolutions.js';
import type { QuadratureRule } from '../../numerics/quadrature-rule.js';
import type { VectorFunction } from '../../numerics/piecewise-chebyshev.js';
import type { ActivationFunction } from '../activation.js';
import { smoothedTeacher } from './smoothed-teacher.js';
import { pairAverage } from './sphere-polynomials.js';

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

/** g(γv̂) and g′(γv̂) at the nodes of a rule for v̂. */
interface StudentOnRule {
  readonly rule: QuadratureRule;
  readonly outputs: Float64Array;
  readonly slopes: Float64Array;
}

const USELESS = 1e-7;
// What is this far from settled at this many polynomials varies too quickly for the finer rules too.
const HOPELESS = 1e-3;
const PATIENCE = 50;
const STEEPEST = 4; // γ² up to which one Gauss rule serves

/**
 * The averages for batch size M.
 *
 * Given s and μ the fields u_i are independent, normal of mean R(μ + s v̂_i) and variance 1 − R², and E[δ_i | v̂] =
 * g′(γv̂_i)(G − g(γv̂_i)), G the label g*(u) averaged over u (`smoothedTeacher`). Three nested integrals over s, μ and v̂ remain, in
 * which the pairs of C take products of F(v̂) = E[δ | v̂] (`pairAverage`). Panels are split at the kinks of g and g*.
 * Every call takes finer and finer rules until two agree (`batch-resolutions.ts`).
 *
 * @param batchSize M ≥ 4, below which E[1/s²] is infinite
 * @param teacher g*; default g
 * @throws RangeError when M is not an integer ≥ 4
 */
export function batchQuadrature(
  activation: ActivationFunction,
  batchSize: number,
  teacher = activation,
): BatchQuadrature {
  requireInteger('batchSize', batchSize, 4);
  const { value, derivative, kinks } = activation;
  const kinked = kinks.length > 0 || teacher.kinks.length > 0;
  const { ladder, mostTerms, tolerance } = kinked ? kinkedResolutions : smoothResolutions;
  const laws = batchLaws(batchSize);
  const panels = batchPanels(kinks, batchSize, laws, teacher.kinks);
  const pairs = pairAverage(batchSize, mostTerms, kinked);
  const inverseVariance = meanInverseVariance(batchSize);
  const rootBatch = Math.sqrt(batchSize);
  const label = new Float64Array(4);
  const result = new Float64Array(4);
  let last = { gamma: NaN, phi: NaN, error: NaN };

  /** v̂ without regard to the teacher: a Gauss rule if that serves, else panels. */
  function studentRule(gamma: number, { fields, terms }: Resolution): QuadratureRule {
    const steepness = gamma * gamma;
    return kinked || steepness > STEEPEST
      ? laws.fieldBetween(panels.student(gamma), fields, terms)
      : laws.field(Math.ceil(fields * Math.max(1, steepness)));
  }

  function studentAt(gamma: number, rule: QuadratureRule): StudentOnRule {
    return {
      rule,
      outputs: rule.nodes.map((v) => value(gamma * v)),
      slopes: rule.nodes.map((v) => derivative(gamma * v)),
    };
  }

  /** The averages to out[0…3], and the sizes of their terms to out[4…7], at one resolution. */
  function evaluateAt(resolution: Resolution, gamma: number, phi: number, out: Float64Array): void {
    const overlap = Math.cos(phi);
    const sine = Math.sin(phi);
    const { fields, terms, panel, smoothing } = resolution;
    const farthest = Math.abs(overlap) * laws.largestField;
    const smoothed = smoothedTeacher(teacher, sine, farthest, panel, smoothing);
    const plain = studentAt(gamma, studentRule(gamma, resolution));
    const { nodes: deviations, weights: deviationWeights } = laws.deviation(resolution.deviations);
    out.fill(0);
    for (let a = 0; a < deviations.length; a++) {
      beat();
      const s = deviations[a]!;
      const edges = panels.mean(gamma, overlap, sine, s);
      const means =
        edges.length > 2 ? laws.meanBetween(edges, resolution.means) : laws.mean(resolution.means);
      for (let c = 0; c < means.nodes.length; c++) {
        const mu = means.nodes[c]! / rootBatch;
        const split = panels.studentAndTeacher(gamma, overlap, sine, s, mu);
        const student = split ? studentAt(gamma, laws.fieldBetween(split, fields, terms)) : plain;
        const weight = inverseVariance * deviationWeights[a]! * means.weights[c]!;
        addBatch(student, terms, smoothed, overlap, s, mu, weight, out);
      }
    }
  }

  /** Adds what batches of given s and μ contribute; `weight` is that of 1/s². */
  function addBatch(
    { rule, outputs, slopes }: StudentOnRule,
    terms: number,
    smoothed: VectorFunction,
    overlap: number,
    s: number,
    mu: number,
    weight: number,
    out: Float64Array,
  ): void {
    const { nodes, weights } = rule;
    const signal = new Float64Array(nodes.length);
    const [forA, forB, forC] = [weight * s * s, weight * s, weight / batchSize];
    for (let j = 0; j < nodes.length; j++) {
      const v = nodes[j]!;
      smoothed(overlap * (mu + s * v), label);
      const [mean, gate, square] = [label[0]!, label[1]!, label[2]!];
      const g = outputs[j]!;
      const slope = slopes[j]!;
      const kept = weights[j]! * (1 - (1 + v * v) / batchSize);
      const power = forC * kept * slope * slope;
      signal[j] = slope * (mean - g);
      out[0] = out[0]! + forA * weights[j]! * signal[j]! * v;
      out[1] = out[1]! + forB * kept * slope * gate;
      out[2] = out[2]! + power * (square - 2 * g * mean + g * g);
      out[3] = out[3]! + power;
      out[4] = out[4]! + forA * weights[j]! * Math.abs(slope * v) * (Math.abs(mean) + Math.abs(g));
      out[5] = out[5]! + Math.abs(forB * kept * slope * gate);
      out[6] = out[6]! + Math.abs(power) * (square + g * g);
      out[7] = out[7]! + Math.abs(power);
    }
    out[2] = out[2]! - forC * (1 - 1 / batchSize) * pairs(rule, signal, terms);
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
