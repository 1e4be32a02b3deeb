import type { Activation } from '../../gaussian/activation.js';
import { adaptiveQuadrature } from '../../numerics/adaptive-quadrature.js';
import { panelEdges } from '../../numerics/panels.js';
import { normalDensity, NORMAL_BOUND, NORMAL_PANEL } from '../../numerics/normal.js';

/** ε = E[(g*(T u′) − g(μ u′ + σ z))²] as a function of μ, σ: the activation's own average where there is one. */
export function fieldError(
  student: Activation,
  teacher: Activation,
  length: number,
): (mu: number, sigma: number) => number {
  if (student === teacher && length === 1) {
    return (mu, sigma) => student.averages.generalizationError(Math.hypot(mu, sigma), Math.atan2(sigma, mu));
  }
  const inner = adaptiveQuadrature(1, 1e-13);
  const outer = adaptiveQuadrature(1, 1e-11);
  const conditional = new Float64Array(2);
  const result = new Float64Array(2);
  return (mu, sigma) => {
    const layers = student.kinks.flatMap((kink) =>
      [-6, 0, 6].map((width) => (kink + width * sigma) / (mu === 0 ? 1 : mu)),
    );
    const edges = panelEdges(
      [0, ...teacher.kinks.map((kink) => kink / length), ...layers],
      NORMAL_BOUND,
      NORMAL_PANEL,
    );
    const average = (field: number, out: Float64Array): void => {
      const target = teacher.value(length * field);
      const splits = student.kinks.map((kink) => (kink - mu * field) / sigma);
      inner.integrate(
        (z, value) => {
          const gap = target - student.value(mu * field + sigma * z);
          value[0] = value[1] = normalDensity(z) * gap * gap;
        },
        panelEdges([0, ...splits], NORMAL_BOUND, NORMAL_PANEL),
        conditional,
      );
      out[0] = out[1] = normalDensity(field) * conditional[0]!;
    };
    outer.integrate(average, edges, result);
    return result[0]!;
  };
}
