import { erf } from '../../lib/gaussian/activations/erf.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import type { SaddlePoint } from '../../lib/generalization/saddle/saddle-types.js';
import type { SaddleStart } from '../../lib/generalization/saddle/saddle-types.js';
import type { GeneralizationProblem } from '../../lib/generalization/saddle/saddle-problem.js';
import { byQuadrature } from './by-quadrature.js';
import { reference, relativeError, worst } from './reference.js';

export interface SaddleCase {
  readonly load: number;
  readonly gammaDecay: number;
  readonly noiseVariance: number;
  readonly activation: 'relu' | 'erf';
  readonly teacherActivation: 'relu' | 'erf';
  readonly teacherLength: number;
  readonly q: string;
  readonly m: string;
  readonly susceptibility: string;
  readonly generalizationError: string;
  readonly trainingError: string;
  readonly error: number;
}

/** Saddle points by brute-force quadrature. */
export const saddleTable = reference<SaddleCase>('saddle-points');
const units = { relu, erf };

export function problemOf(entry: SaddleCase): GeneralizationProblem & { readonly load: number } {
  const { load, gammaDecay, noiseVariance, teacherLength } = entry;
  return {
    ...{ load, gammaDecay, noiseVariance, teacherLength },
    activation: units[entry.activation],
    teacherActivation: units[entry.teacherActivation],
  };
}

/** Largest relative error of the order parameters and of both errors. */
export function errorOf(point: SaddlePoint, entry: SaddleCase): number {
  const { gamma, overlap } = point;
  return worst([
    relativeError(gamma * gamma, entry.q),
    relativeError(gamma * overlap * entry.teacherLength, entry.m),
    relativeError(point.susceptibility, entry.susceptibility),
    relativeError(point.generalizationError, entry.generalizationError),
    relativeError(point.trainingError, entry.trainingError),
  ]);
}

/** A start in the hundredth of the root, to save time. */
export function startNear(entry: SaddleCase): SaddleStart {
  const gamma = 1.02 * Math.sqrt(Number(entry.q));
  return {
    gamma,
    overlap: Number(entry.m) / gamma,
    susceptibility: 1.02 * Number(entry.susceptibility),
  };
}

export const nearTo = (point: SaddlePoint): SaddleStart => ({ ...point, gamma: 1.02 * point.gamma });

/** The rectifier as an activation that closed forms know nothing of. */
export const ownRectifier = byQuadrature(relu);

/** Expects a point by quadrature to be one in closed form. */
export function expectSame(point: SaddlePoint, exact: SaddlePoint): void {
  // What quadrature claims.
  expect(relativeError(point.gamma, exact.gamma)).toBeLessThan(1e-9);
  expect(relativeError(point.overlap, exact.overlap)).toBeLessThan(1e-9);
  expect(relativeError(point.susceptibility, exact.susceptibility)).toBeLessThan(1e-9);
  expect(relativeError(point.diagnostics.jumpDensity, exact.diagnostics.jumpDensity)).toBeLessThan(1e-8);
  // The curvature is averaged to 1e-6.
  expect(relativeError(point.diagnostics.replicon, exact.diagnostics.replicon)).toBeLessThan(1e-6);
}
