import type { Activation } from '../../gaussian/activation.js';
import { nestedAverages } from '../../gaussian/nested-averages.js';

/** ε = E[(g*(T u′) − g(μ u′ + σ z))²] as a function of μ, σ: the activation's own average where there is one. */
export function fieldError(
  student: Activation,
  teacher: Activation,
  length: number,
): (mu: number, sigma: number) => number {
  if (student === teacher && length === 1) {
    return (mu, sigma) => student.averages.generalizationError(Math.hypot(mu, sigma), Math.atan2(sigma, mu));
  }
  const average = nestedAverages(1, 1e-13, Infinity);
  const teacherKinks = teacher.kinks.map((kink) => kink / length);
  const result = new Float64Array(2);
  return (mu, sigma) => {
    const gamma = Math.hypot(mu, sigma);
    const phi = Math.atan2(sigma, mu);
    average(
      { gamma, overlap: Math.cos(phi), sine: Math.sin(phi), teacherKinks, studentKinks: student.kinks },
      (v) => {
        const output = student.value(gamma * v);
        return (u, _z, out) => {
          out[0] = out[1] = (teacher.value(length * u) - output) ** 2;
        };
      },
      result,
    );
    return result[0]!;
  };
}
