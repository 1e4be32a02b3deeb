import type { Activation } from '../gaussian/activation.js';
import { Average, type Channel } from './channel.js';
import { fieldError } from './field-error.js';
import type { FieldState } from './label-edges.js';
import { labelIntegral, type LabelIntegrand } from './label-integral.js';
import { teacherOutput } from './label-weights.js';

const TOLERANCE = 1e-10;
const DIAGNOSTIC_TOLERANCE = 1e-6;
// The curvature of the step is only a diagnostic; it is differenced, which costs half of the digits.
const CURVATURE_STEP = 1e-5;

/**
 * Averages for any continuous activations by nested quadrature, their error estimated: 1e-10 of the average size of each
 * for activations that vary on the scale of 1 near the origin.
 */
export function quadratureChannel(
  student: Activation,
  teacher: Activation,
  noiseVariance: number,
  teacherLength: number,
): Channel {
  const output = teacherOutput(teacher, teacherLength);
  const model = { student, output, deviation: Math.sqrt(noiseVariance) };
  let susceptibility = 1;

  const writePulls: LabelIntegrand = (t, omega, h, rests, densities, out) => {
    const miss = t - student.value(h);
    // V f rather than h − ω, which cancels at small V; at a kink f is whatever holds h there.
    const pull = rests ? h - omega : susceptibility * miss * student.derivative(h);
    out[Average.alongTeacher] = pull * densities[1]!;
    out[Average.acrossTeacher] = pull * densities[2]!;
    out[Average.square] = pull * pull * densities[0]!;
    out[Average.residual] = miss * miss * densities[0]!;
  };
  /** (∂F/∂ω)² = (1 − 1/ψ″)², ψ″ = 1 + V(g′² − (t − g)g″) */
  const writeSlope: LabelIntegrand = (t, _omega, h, rests, densities, out) => {
    const slope = student.derivative(h);
    const step = CURVATURE_STEP * (1 + Math.abs(h));
    const second = (student.derivative(h + step) - student.derivative(h - step)) / (2 * step);
    const curvature = susceptibility * (slope * slope - (t - student.value(h)) * second);
    out[0] = densities[0]! * (rests ? 1 : (curvature / (1 + curvature)) ** 2);
  };
  const pulls = labelIntegral(model, 4, writePulls, TOLERANCE);
  const slopes = labelIntegral(model, 1, writeSlope, DIAGNOSTIC_TOLERANCE);
  const stateAt = (mu: number, sigma: number, inverse: number): FieldState => {
    susceptibility = 1 / inverse;
    return { mu, sigma, susceptibility };
  };
  const slope = new Float64Array(2);

  return {
    interpolates: false,
    average: (mu, sigma, inverse, out) => pulls(stateAt(mu, sigma, inverse), out),
    slopeSquare(mu, sigma, inverse) {
      slopes(stateAt(mu, sigma, inverse), slope);
      return slope[0]!;
    },
    generalizationError: fieldError(student, teacher, teacherLength),
  };
}
