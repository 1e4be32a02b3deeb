import type { Activation } from '../../gaussian/activation.js';
import { AVERAGES, type Channel } from '../channel.js';
import { fieldError } from './field-error.js';
import type { FieldState } from './labels/label-density.js';
import { stepIntegral } from './labels/step-integral.js';
import { averageSums, PROBABILITY, slopeSums, SUMS, type StepSums } from './labels/step-sums.js';
import { teacherOutput } from './labels/teacher-output.js';

const TOLERANCE = 1e-9;
const MOST_AVERAGES = 150; // a search takes 30
const MOST_DENSITIES = 1e7; // some seconds; searches take 1e6, and up to 7e6 at V of 1e5
const DIAGNOSTIC_TOLERANCE = 1e-6;

/**
 * Averages for any continuous activations by nested quadrature, their error estimated: 1e-9 of the average size of each
 * for activations that vary on the scale of 1 near the origin. The probability of all labels is integrated with them, and what it
 * lacks of 1 is part of the estimate: it tells of jumps and curvatures that are not resolved, which a quadrature cannot see.
 */
export function quadratureChannel(
  student: Activation,
  teacher: Activation,
  noiseVariance: number,
  teacherLength: number,
): Channel {
  const output = teacherOutput(teacher, teacherLength);
  const model = { student, output, deviation: Math.sqrt(noiseVariance) };
  const write = averageSums(model);
  let densities = 0;
  const counted: StepSums = (state, step, field, out) => {
    densities++;
    write(state, step, field, out);
  };
  const averages = stepIntegral(model, counted, SUMS, TOLERANCE);
  const slopes = stepIntegral(model, slopeSums(model), 1, DIAGNOSTIC_TOLERANCE);
  const sums = new Float64Array(4 * SUMS);
  const slope = new Float64Array(4);
  const stateAt = (mu: number, sigma: number, inverse: number): FieldState => ({
    mu,
    sigma,
    susceptibility: 1 / inverse,
  });

  return {
    mostAverages: MOST_AVERAGES,
    work: { done: () => densities, most: MOST_DENSITIES },
    average(mu, sigma, inverse, out) {
      const error = averages(stateAt(mu, sigma, inverse), sums);
      for (let i = 0; i < AVERAGES; i++) out[i] = sums[i]!;
      const lack = Math.abs(sums[PROBABILITY]! - 1);
      return lack > error ? lack : error;
    },
    slopeSquare(mu, sigma, inverse) {
      slopes(stateAt(mu, sigma, inverse), slope);
      return slope[0]!;
    },
    generalizationError: fieldError(student, teacher, teacherLength),
  };
}
