import type { Activation } from '../../gaussian/activation.js';
import { normalDensity } from '../../numerics/normal.js';
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
  const average = nestedAverages(1, 1, 1e-13, Infinity);
  const teacherKinks = teacher.kinks.map((kink) => kink / length);
  const result = new Float64Array(2);
  return (mu, sigma) => {
    const gamma = Math.hypot(mu, sigma);
    const phi = Math.atan2(sigma, mu);
    const sine = Math.sin(phi);
    average(
      { gamma, overlap: Math.cos(phi), sine, teacherKinks, studentKinks: student.kinks },
      (v, centre) => {
        const output = student.value(gamma * v);
        return (z, out) => {
          const gap = teacher.value(length * (centre + sine * z)) - output;
          out[0] = out[1] = normalDensity(z) * gap * gap;
        };
      },
      (v, conditional, out) => {
        out[0] = out[1] = normalDensity(v) * conditional[0]!;
      },
      result,
    );
    return result[0]!;
  };
}
