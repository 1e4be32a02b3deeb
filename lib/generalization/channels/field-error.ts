import type { Activation } from '../../gaussian/activation.js';
import { sineMinusArc } from '../../gaussian/angle.js';
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
  if (student.slopes !== undefined && teacher.slopes !== undefined)
    return twoSlopeError(student.slopes, teacher.slopes, length);
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

/**
 * ε of a student of slopes a, b and a teacher of slopes A, B on the two sides of zero,
 * ½[(TA − aμ)² + (TB − bμ)² + (a² + b²)σ²] − (A − B)(a − b) Tγ (sin φ − φ cos φ)/π: the difference of the fields on each side, less
 * what samples with fields of different signs make of it. For the same slopes the squares are of the gap T − μ, and ε keeps its
 * digits next to the teacher.
 */
export function twoSlopeError(
  [a, b]: readonly [number, number],
  [above, below]: readonly [number, number],
  length: number,
): (mu: number, sigma: number, gap?: number) => number {
  const turned = (mu: number, sigma: number): number =>
    (length * Math.hypot(mu, sigma) * sineMinusArc(Math.atan2(sigma, mu))) / Math.PI;
  if (a === above && b === below) {
    return (mu, sigma, gap = length - mu) =>
      ((a * a + b * b) / 2) * (gap * gap + sigma * sigma) - (a - b) ** 2 * turned(mu, sigma);
  }
  return (mu, sigma) => {
    const right = (length * above - a * mu) ** 2 + (length * below - b * mu) ** 2;
    return (right + (a * a + b * b) * sigma * sigma) / 2 - (above - below) * (a - b) * turned(mu, sigma);
  };
}
