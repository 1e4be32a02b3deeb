import { bracketedRoot } from '../foundation/root-finding.js';
import { adaptiveQuadrature, panelEdges } from '../gaussian/adaptive-quadrature.js';
import type { CompleteProblem } from './saddle-problem.js';

/** Where a student without decay and without noise finds the teacher itself. */
export interface Recovery {
  /** V = 1/p; Infinity right at the threshold. */
  readonly susceptibility: number;
  /** αE[(g′²/(p + g′²))²] */
  readonly replicon: number;
}

const BOUND = 8.5; // the normal weight beyond is 2e-17
const WIDEST = 4.5; // panels on which 21 nodes resolve a normal density
const TOLERANCE = 1e-13;
const LEAST_INVERSE = 1e-300;
// Two shares of the sample count that differ by less are equal: the error of the quadrature.
const SAME = 1e-12;

/**
 * The limit ζ → 0⁺ at S = 0 with g* = g, if the samples determine the teacher: w → w*, and V solves
 * αE[g′(u)²/(1/V + g′(u)²)] = 1, which it can for α ≥ 1/P(g′(u) ≠ 0). Undefined below that load, and for other problems.
 */
export function recovery(problem: CompleteProblem, load: number): Recovery | undefined {
  const { activation, teacherActivation, gammaDecay, noiseVariance, teacherLength } = problem;
  if (gammaDecay !== 0 || noiseVariance !== 0 || activation !== teacherActivation) return undefined;
  const quadrature = adaptiveQuadrature(2, TOLERANCE);
  const edges = panelEdges([0, ...activation.kinks.map((kink) => kink / teacherLength)], BOUND, WIDEST);
  const shares = new Float64Array(4);
  /** E[s] and E[s²] of s = g′²/(p + g′²). */
  const write = (inverse: number): void => {
    quadrature.integrate(
      (x, out) => {
        const square = activation.derivative(teacherLength * x) ** 2;
        const share = square / (inverse + square);
        const weight = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
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
  if (most < -SAME) return undefined;
  if (most <= SAME) return { susceptibility: Infinity, replicon: load * shares[1]! };
  let high = 0;
  while (excess(high) > 0) high += 10;
  const root = bracketedRoot(excess, Math.log(LEAST_INVERSE), high, 1e-14);
  write(Math.exp(root));
  return { susceptibility: Math.exp(-root), replicon: load * shares[1]! };
}
