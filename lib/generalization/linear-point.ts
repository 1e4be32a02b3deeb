import { failedPoint } from './known-points.js';
import { linearGeneralization } from './linear.js';
import type { SaddlePoint } from './saddle-point.js';
import type { CompleteProblem } from './saddle-problem.js';

/**
 * The point of a linear student of a linear teacher with the same slope a, from the closed form of the identity: in units of a the
 * labels are those of the identity with noise S/a² and decay ζ/a². Undefined for other problems.
 */
export function linearPoint(problem: CompleteProblem, load: number): SaddlePoint | undefined {
  const { activation, teacherActivation, gammaDecay, noiseVariance, teacherLength } = problem;
  const [slope, other] = activation.slopes ?? [NaN, NaN];
  if (activation !== teacherActivation || slope !== other || slope === 0) return undefined;
  const power = slope * slope;
  const { note, ...found } = linearGeneralization({
    load,
    gammaDecay: gammaDecay / power,
    noiseVariance: noiseVariance / power,
    teacherLength,
  });
  if (note !== undefined) return failedPoint(load, 0, 0, note);
  const trainingError = power * found.trainingError;
  // ∂F/∂ω = −V/(1 + V)
  const replicon = load / (1 + 1 / found.susceptibility) ** 2;
  return {
    outcome: 'converged',
    load,
    gamma: found.gamma,
    overlap: found.overlap,
    generalizationError: power * found.generalizationError,
    trainingError,
    objective: (trainingError + gammaDecay * found.gamma * found.gamma) / 2,
    susceptibility: found.susceptibility / power,
    diagnostics: { residual: 0, iterations: 0, quadratureError: 0, jumpDensity: 0, replicon },
  };
}
