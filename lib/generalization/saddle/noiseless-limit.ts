import { bracketedRoot } from '../../numerics/root-finding.js';
import { adaptiveQuadrature } from '../../numerics/adaptive-quadrature.js';
import type { Activation } from '../../gaussian/activation.js';
import { normalDensity, normalPanels } from '../../numerics/normal.js';
import { knownPoint } from './known-points.js';
import type { SaddleTask } from './saddle-problem.js';
import type { SaddlePoint } from './saddle-types.js';

const TOLERANCE = 1e-13;
const LEAST_INVERSE = 1e-300;
// Two shares of the sample count that differ by less are equal: the error of the quadrature.
const SAME = 1e-12;

/** Whether g rises or falls everywhere, so that a noiseless label of the same activation tells the field. */
function isInjective({ value }: Activation): boolean {
  const outputs = Array.from({ length: 401 }, (_, i) => value((i - 200) / 40));
  const signs = outputs.slice(1).map((output, i) => Math.sign(output - outputs[i]!));
  return signs.every((sign) => sign === signs[0] && sign !== 0);
}

/**
 * The limit ζ → 0⁺ at S = 0 with g* = g, where it is known without a search.
 *
 * If the samples determine the teacher w → w*, and V solves αE[g′(u)²/(1/V + g′(u)²)] = 1, which it can for
 * α ≥ 1/P(g′(u) ≠ 0); right there it is infinite. Below one sample a weight an invertible g leaves a linear problem, whose
 * shortest solution is the projection of the teacher on the samples: μ = αT, σ² = α(1 − α)T². Undefined otherwise, and for other
 * problems.
 */
export function noiselessLimit(task: SaddleTask): SaddlePoint | undefined {
  const { activation, teacherActivation, gammaDecay, noiseVariance, teacherLength, channel, load } = task;
  if (gammaDecay !== 0 || noiseVariance !== 0 || activation !== teacherActivation) return undefined;
  const quadrature = adaptiveQuadrature(2, TOLERANCE);
  const edges = normalPanels([0, ...activation.kinks.map((kink) => kink / teacherLength)]);
  const shares = new Float64Array(4);
  /** Leaves E[s] and E[s²] of s = g′²/(p + g′²); gives back αE[s] − 1. */
  const excess = (logarithm: number): number => {
    const inverse = Math.exp(logarithm);
    quadrature(
      (x, out) => {
        const square = activation.derivative(teacherLength * x) ** 2;
        const share = square / (inverse + square);
        const weight = normalDensity(x);
        out[0] = out[2] = weight * share;
        out[1] = out[3] = weight * share * share;
      },
      edges,
      shares,
    );
    return load * shares[0]! - 1;
  };
  const point = (mu: number, sigma: number, susceptibility: number, replicon: number): SaddlePoint => {
    const gamma = Math.hypot(mu, sigma);
    const generalizationError = sigma === 0 ? 0 : channel.generalizationError(mu, sigma);
    const learned = { load, gamma, overlap: mu / gamma, generalizationError };
    return knownPoint(task, { ...learned, trainingError: 0, susceptibility }, replicon);
  };
  const most = excess(Math.log(LEAST_INVERSE));
  if (most < -SAME) {
    if (!isInjective(activation)) return undefined;
    return point(load * teacherLength, teacherLength * Math.sqrt(load * (1 - load)), Infinity, load);
  }
  if (most <= SAME) return point(teacherLength, 0, Infinity, load * shares[1]!);
  let high = 0;
  while (excess(high) > 0) high += 10;
  const root = bracketedRoot(excess, Math.log(LEAST_INVERSE), high, 1e-14);
  excess(root);
  return point(teacherLength, 0, Math.exp(-root), load * shares[1]!);
}
