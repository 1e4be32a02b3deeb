import { bracketedRoot } from '../../numerics/root-finding.js';
import { adaptiveQuadrature } from '../../numerics/adaptive-quadrature.js';
import type { Activation } from '../../gaussian/activation.js';
import { normalDensity, normalPanels } from '../../numerics/normal.js';
import { orderedPair } from '../channels/two-slope-channel.js';
import { knownPoint } from './known-points.js';
import type { SaddleTask } from './saddle-problem.js';
import type { SaddlePoint } from './saddle-types.js';

const TOLERANCE = 1e-13;
const LEAST_INVERSE = 1e-300;
// Two shares of the sample count that differ by less are equal: the error of the quadrature.
const SAME = 1e-12;

/** Whether g rises or falls everywhere, so that an output tells the field. */
export function isInjective({ value }: Activation): boolean {
  const outputs = Array.from({ length: 401 }, (_, i) => value((i - 200) / 40));
  const signs = outputs.slice(1).map((output, i) => Math.sign(output - outputs[i]!));
  return signs.every((sign) => sign === signs[0] && sign !== 0);
}

/**
 * The teacher as a rectifier sees it, k times its field and the slope of labels that it cannot reach: labels on one side of zero are
 * those of a rectifier of the field k u, and on the other they are negative, so that a rectifier with the same field misses them by the
 * least. Undefined where the labels on both sides are positive, and for other units.
 */
export function rectifiedTeacher(
  student: Activation,
  teacher: Activation,
): { readonly scale: number; readonly below: number } | undefined {
  if (student.slopes === undefined || teacher.slopes === undefined) return undefined;
  const { student: slopes, labels } = orderedPair(student, teacher);
  if (slopes[0] === 0 || slopes[1] !== 0) return undefined;
  const [above, below] = labels;
  if (above > 0 && below >= 0) return { scale: above / slopes[0], below };
  return above <= 0 && below < 0 ? { scale: below / slopes[0], below: above } : undefined;
}

/**
 * The limit ζ → 0⁺ at S = 0 with g* = g, or with a rectifier for g that cannot tell g* from itself, where it is known without a search.
 *
 * If the samples determine the teacher w → w*, and V solves αE[g′(u)²/(1/V + g′(u)²)] = 1, which it can for
 * α ≥ 1/P(g′(u) ≠ 0); right there it is infinite. Below one sample a weight an invertible g leaves a linear problem, whose
 * shortest solution is the projection of the teacher on the samples: μ = αT, σ² = α(1 − α)T². Undefined otherwise, and for other
 * problems.
 */
export function noiselessLimit(task: SaddleTask): SaddlePoint | undefined {
  const { activation, teacherActivation, gammaDecay, noiseVariance, channel, load } = task;
  if (gammaDecay !== 0 || noiseVariance !== 0) return undefined;
  const seen =
    activation === teacherActivation
      ? { scale: 1, below: 0 }
      : rectifiedTeacher(activation, teacherActivation);
  if (seen === undefined) return undefined;
  const teacherLength = seen.scale * task.teacherLength;
  const unreached = (seen.below * task.teacherLength) ** 2 / 2;
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
    const generalizationError = sigma === 0 ? unreached : channel.generalizationError(mu, sigma);
    const learned = { load, gamma, overlap: mu / gamma, generalizationError };
    return knownPoint(task, { ...learned, trainingError: unreached, susceptibility }, replicon);
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
