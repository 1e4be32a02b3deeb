import type { Activation } from '../../gaussian/activation.js';
import { adaptiveQuadrature } from '../../numerics/adaptive-quadrature.js';
import { normalDensity, normalPanels } from '../../numerics/normal.js';
import { failedPoint, knownPoint } from './known-points.js';
import { linearGeneralization } from '../linear/linear.js';
import type { SaddlePoint } from './saddle-types.js';
import type { CompleteProblem } from './saddle-problem.js';

const TOLERANCE = 1e-13;
// In place of a teacher that no linear student can see anything of.
const UNSEEN = 1e-150;

/** g*(Tu′) = k u′ + r: k, and the variance of r, which no linear student can tell from noise. */
interface LinearPart {
  readonly slope: number;
  readonly rest: number;
}

function linearPartOf(teacher: Activation, length: number): LinearPart {
  const [above, below] = teacher.slopes ?? [NaN, NaN];
  if (above === below) return { slope: above * length, rest: 0 };
  const quadrature = adaptiveQuadrature(2, TOLERANCE);
  const edges = normalPanels([0, ...teacher.kinks.map((kink) => kink / length)]);
  const averages = new Float64Array(4);
  let slope = 0;
  const integrand = (field: number, out: Float64Array): void => {
    const output = teacher.value(length * field);
    const rest = output - slope * field;
    out[0] = normalDensity(field) * output * field;
    out[1] = normalDensity(field) * rest * rest;
    out[2] = normalDensity(field) * Math.abs(output * field);
    out[3] = out[1];
  };
  quadrature(integrand, edges, averages);
  slope = averages[0]!;
  quadrature(integrand, edges, averages);
  return { slope, rest: averages[1]! };
}

/** αE[(∂F/∂ω)²] of the identity, ∂F/∂ω = −V/(1 + V): never above 1, its loss being convex. */
export function linearReplicon(load: number, susceptibility: number): number {
  return load / (1 + 1 / susceptibility) ** 2;
}

/**
 * Points of a linear student g(z) = az of any teacher, from the closed form of the identity; undefined for other students.
 *
 * What such a student learns depends on second moments only: the teacher is one of slope k = E[g*(Tu′) u′], and the rest of its labels
 * are noise. In units of a these are the labels of the identity at T = |k/a|, with the noise over a² and the decay ζ/a². The rest of the
 * teacher is part of the generalization error.
 */
export function linearPoints(problem: CompleteProblem): ((load: number) => SaddlePoint) | undefined {
  const { activation, teacherActivation, gammaDecay, noiseVariance, teacherLength } = problem;
  const [a, other] = activation.slopes ?? [NaN, NaN];
  if (a !== other || a === 0) return undefined;
  const power = a * a;
  const { slope, rest } = linearPartOf(teacherActivation, teacherLength);
  const turned = slope * a < 0 ? -1 : 1;
  return (load) => {
    const { warning, ...found } = linearGeneralization({
      load,
      gammaDecay: gammaDecay / power,
      noiseVariance: (noiseVariance + rest) / power,
      teacherLength: Math.max(Math.abs(slope / a), UNSEEN),
    });
    if (warning !== undefined) return failedPoint(load, { residual: 0, iterations: 0 }, warning);
    const known = {
      load,
      gamma: found.gamma,
      overlap: turned * found.overlap,
      generalizationError: power * found.generalizationError + rest,
      trainingError: power * found.trainingError,
      susceptibility: found.susceptibility / power,
    };
    return knownPoint(problem, known, linearReplicon(load, found.susceptibility));
  };
}
