import type { OrderParameterSystem } from '../../lib/dynamics/system.js';

/** The Jacobian of a rule's right-hand side at t = 0.5, row by row, by two central differences extrapolated: truncation h⁴ = 1e-12. */
export function extrapolatedJacobian(rule: OrderParameterSystem, state: Float64Array): Float64Array {
  const size = state.length;
  const out = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    const difference = (h: number): number[] => {
      const [up, down] = [h, -h].map((by) => {
        const moved = state.slice();
        moved[column] += by;
        const slope = new Float64Array(size);
        rule.derivative(0.5, moved, slope);
        return slope;
      });
      return [...up].map((value, row) => (value - down[row]) / (2 * h));
    };
    const coarse = difference(2e-3);
    difference(1e-3).forEach((value, row) => {
      out[row * size + column] = value + (value - coarse[row]) / 3;
    });
  }
  return out;
}
