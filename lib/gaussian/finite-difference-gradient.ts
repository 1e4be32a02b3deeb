import type { FieldAverages } from './activation.js';
import type { VectorFunction } from '../numerics/piecewise-chebyshev.js';
import { chebyshevPoints } from '../numerics/chebyshev.js';
import { centralDerivative, interpolated } from '../numerics/finite-differences.js';

// Widest step of each difference scheme. Averages are known to about 1e-13, so that steps this wide, taken to high order,
// lose least: about 1e-9 of the averages' size in all.
const WIDEST_IN_GAMMA = 0.2;
const WIDEST_IN_PHI = 0.2;
const NEAR_ALIGNED = 0.4;
const COUNT = 4;

/**
 * ∂/∂r near r = 0, one-sided. There an average is a smooth function of φ, F = F(0) + r G(φ), with odd powers of φ where g
 * has kinks. G is interpolated at Chebyshev points of (0, scale), so that ∂F/∂r = G + r G′(φ)/sin φ.
 */
function alignedDerivative(write: VectorFunction, phi: number, scale: number, out: Float64Array): void {
  const atZero = new Float64Array(out.length);
  write(0, atZero);
  const nodes = Array.from(chebyshevPoints(14), (point) => scale * (0.52 - 0.5 * point));
  const values = nodes.map((node) => {
    const value = new Float64Array(out.length);
    write(node, value);
    return value.map((f, i) => (f - atZero[i]!) / (2 * Math.sin(node / 2) ** 2));
  });
  for (let i = 0; i < out.length; i++) {
    const [g, slope] = interpolated(nodes, values, i, phi);
    out[i] = g + Math.tan(phi / 2) * slope; // r/sin φ = tan(φ/2)
  }
}

/**
 * ∂/∂r, r = 1 − cos φ, of averages that are only known by value, one-sided at r = 0 and r = 2.
 *
 * @param scale the distance in φ over which the averages vary near both ends, at most 1
 */
export function derivativeByMisalignment(
  write: VectorFunction,
  phi: number,
  scale: number,
  out: Float64Array,
): void {
  if (phi > Math.PI / 2) {
    // Seen from the other end φ and r change direction.
    const reflected: VectorFunction = (x, at) => {
      write(Math.PI - x, at);
    };
    derivativeByMisalignment(reflected, Math.PI - phi, scale, out);
    for (let i = 0; i < out.length; i++) out[i] = -out[i]!;
    return;
  }
  if (phi < NEAR_ALIGNED * scale) {
    alignedDerivative(write, phi, scale, out);
    return;
  }
  centralDerivative(write, phi, WIDEST_IN_PHI * scale, out);
  for (let i = 0; i < out.length; i++) out[i] = out[i]! / Math.sin(phi);
}

/**
 * The gradient of averages that are only known by value. The last one is kept: searches over learning rates ask for the
 * gradient at one place again and again.
 *
 * @param teacherLength T of a teacher g*(Tu), for averages that vary with φ on the scale of √(1/T² + 1/γ²); default 1
 */
export function finiteDifferenceGradient(
  write: FieldAverages['write'],
  teacherLength = 1,
): FieldAverages['writeGradient'] {
  const part = new Float64Array(COUNT);
  const last = { gamma: NaN, phi: NaN, gradient: new Float64Array(2 * COUNT) };

  return (gamma, phi, out) => {
    if (last.gamma !== gamma || last.phi !== phi) {
      const alongGamma: VectorFunction = (x, at) => {
        write(x, phi, at);
      };
      const alongPhi: VectorFunction = (x, at) => {
        write(gamma, x, at);
      };
      centralDerivative(alongGamma, gamma, WIDEST_IN_GAMMA * Math.max(0.1, Math.abs(gamma)), part);
      last.gradient.set(part);
      const scale = Math.min(1, Math.hypot(1 / teacherLength, 1 / gamma));
      derivativeByMisalignment(alongPhi, phi, scale, part);
      last.gradient.set(part, COUNT);
      last.gamma = gamma;
      last.phi = phi;
    }
    out.set(last.gradient);
  };
}
