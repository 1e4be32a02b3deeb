import { bracketedRoot } from '../../numerics/root-finding.js';
import { adaptiveQuadrature } from '../../numerics/adaptive-quadrature.js';
import type { Activation } from '../../gaussian/activation.js';
import { normalDensity, normalPanels } from '../../numerics/normal.js';
import { orderedPair } from '../channels/two-slope-channel.js';
import type { CompleteProblem } from './saddle-problem.js';

/** A student without decay that learns from labels without noise. */
export interface NoiselessLimit {
  /** μ and σ; at σ = 0 the student is the teacher. */
  readonly mu: number;
  readonly sigma: number;
  /** V = 1/p; Infinity below the threshold and right at it. */
  readonly susceptibility: number;
  /** αE[(g′²/(p + g′²))²] */
  readonly replicon: number;
  /** Mean square of labels that the student cannot reach. */
  readonly unreached: number;
}

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
 * α ≥ 1/P(g′(u) ≠ 0). Below one sample a weight an invertible g leaves a linear problem, whose shortest solution is the
 * projection of the teacher on the samples: μ = αT, σ² = α(1 − α)T². Undefined otherwise, and for other problems.
 */
export function noiselessLimit(problem: CompleteProblem, load: number): NoiselessLimit | undefined {
  const { activation, teacherActivation, gammaDecay, noiseVariance } = problem;
  if (gammaDecay !== 0 || noiseVariance !== 0) return undefined;
  const seen =
    activation === teacherActivation
      ? { scale: 1, below: 0 }
      : rectifiedTeacher(activation, teacherActivation);
  if (seen === undefined) return undefined;
  const teacherLength = seen.scale * problem.teacherLength;
  const unreached = (seen.below * problem.teacherLength) ** 2 / 2;
  const quadrature = adaptiveQuadrature(2, TOLERANCE);
  const edges = normalPanels([0, ...activation.kinks.map((kink) => kink / teacherLength)]);
  const shares = new Float64Array(4);
  /** E[s] and E[s²] of s = g′²/(p + g′²). */
  const write = (inverse: number): void => {
    quadrature.integrate(
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
  };
  const excess = (logarithm: number): number => {
    write(Math.exp(logarithm));
    return load * shares[0]! - 1;
  };
  const most = excess(Math.log(LEAST_INVERSE));
  if (most < -SAME) {
    if (!isInjective(activation)) return undefined;
    const sigma = teacherLength * Math.sqrt(load * (1 - load));
    return { mu: load * teacherLength, sigma, susceptibility: Infinity, replicon: load, unreached };
  }
  const teacher = { mu: teacherLength, sigma: 0, unreached };
  if (most <= SAME) return { ...teacher, susceptibility: Infinity, replicon: load * shares[1]! };
  let high = 0;
  while (excess(high) > 0) high += 10;
  const root = bracketedRoot(excess, Math.log(LEAST_INVERSE), high, 1e-14);
  write(Math.exp(root));
  return { ...teacher, susceptibility: Math.exp(-root), replicon: load * shares[1]! };
}
