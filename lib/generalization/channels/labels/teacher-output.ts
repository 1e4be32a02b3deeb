import { bracketedRoot } from '../../../numerics/root-finding.js';
import type { Activation } from '../../../gaussian/activation.js';
import { NORMAL_BOUND } from '../../../numerics/normal.js';

const SAMPLES = 257;
const SLOPE_STEP = 1e-4;

/** The teacher's output g*(T u′) as a function of u′. */
export interface TeacherOutput {
  readonly value: (field: number) => number;
  /** Kinks in u′. */
  readonly kinks: readonly number[];
  readonly lowest: number;
  readonly highest: number;
  /** Places u′ where c₀ + c₁u′ = c₂ g*(T u′), to the given tolerance; two within 0.07 may be missed. */
  roots(c0: number, c1: number, c2: number, tolerance: number): number[];
  /** Where c₀ + c₁u′ − c₂g*(T u′) is so near to 0 that its square over `scale` plus u′² is below a limit, as [from, to]. */
  support(c0: number, c1: number, c2: number, scale: number, limit: number): [number, number];
  /** Slope in u′; next to a kink the steeper one. */
  slopeAt(field: number): number;
}

export function teacherOutput(teacher: Activation, length: number): TeacherOutput {
  const value = (field: number): number => teacher.value(length * field);
  const samples = Float64Array.from(
    { length: SAMPLES },
    (_, i) => NORMAL_BOUND * ((2 * i) / (SAMPLES - 1) - 1),
  );
  const outputs = samples.map(value);
  return {
    value,
    kinks: teacher.kinks.map((kink) => kink / length).filter((kink) => Math.abs(kink) < NORMAL_BOUND),
    lowest: Math.min(...outputs),
    highest: Math.max(...outputs),
    roots(c0, c1, c2, tolerance) {
      const found: number[] = [];
      const excess = (field: number): number => c0 + c1 * field - c2 * value(field);
      let before = NaN;
      for (let i = 0; i < SAMPLES; i++) {
        const here = c0 + c1 * samples[i]! - c2 * outputs[i]!;
        if (before * here < 0 || (here === 0 && i > 0))
          found.push(
            here === 0 ? samples[i]! : bracketedRoot(excess, samples[i - 1]!, samples[i]!, tolerance),
          );
        before = here;
      }
      return found;
    },
    support(c0, c1, c2, scale, limit) {
      let [from, to] = [SAMPLES, -1];
      for (let i = 0; i < SAMPLES; i++) {
        const here = c0 + c1 * samples[i]! - c2 * outputs[i]!;
        if ((here * here) / scale + samples[i]! * samples[i]! > limit) continue;
        from = Math.min(from, i);
        to = i;
      }
      return [
        samples[Math.max(0, Math.min(from - 1, SAMPLES - 1))]!,
        samples[Math.min(to + 1, SAMPLES - 1)]!,
      ];
    },
    slopeAt(field) {
      const forward = (value(field + SLOPE_STEP) - value(field)) / SLOPE_STEP;
      const backward = (value(field) - value(field - SLOPE_STEP)) / SLOPE_STEP;
      return Math.abs(forward) > Math.abs(backward) ? forward : backward;
    },
  };
}
