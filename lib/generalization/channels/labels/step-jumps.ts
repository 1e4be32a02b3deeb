import type { Activation } from '../../../gaussian/activation.js';
import { NORMAL } from '../../../numerics/normal.js';
import type { FieldState, LabelModel, Step } from './label-density.js';

/**
 * |dt/dz| along the jumps at an end of the range of misses, from the derivative of d²/V + Δ² = 2r(Δ − s d) at the rival; |dt/ds| at
 * a kink.
 *
 * @param bend g″(z), undefined at a kink
 */
export function jumpRate(
  student: Activation,
  { z, output, slope }: Step,
  miss: number,
  rival: number,
  inverse: number,
  bend: number | undefined,
): number {
  if (!Number.isFinite(miss) || miss === 0) return 0;
  const d = rival - z;
  const gap = student.value(rival) - output;
  const lift = gap - slope * d;
  if (bend === undefined) return Math.abs((miss * d) / lift);
  return Math.abs(slope - (inverse * d + gap * slope - miss * d * bend) / lift);
}

/** The density of jumps at a step without noise, where a label is that of single fields of the teacher. */
export function noiselessJumps({ output }: LabelModel, state: FieldState, step: Step): number {
  const { z, slope, low, high, lowRate, highRate } = step;
  let sum = 0;
  for (const [end, rate] of [
    [low, lowRate],
    [high, highRate],
  ] as const) {
    if (rate === 0) continue;
    for (const field of output.roots(step.output + end, 0, 1, 0)) {
      const omega = z - state.susceptibility * end * slope;
      const across = (omega - state.mu * field) / state.sigma;
      const along = Math.abs(output.slopeAt(field));
      if (along > 0) sum += (rate * Math.exp(-0.5 * (field * field + across * across))) / along;
    }
  }
  return (sum * NORMAL * NORMAL) / (2 * state.sigma); // every jump is met twice, from either side of it
}
