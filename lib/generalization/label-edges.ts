import type { Activation } from '../gaussian/activation.js';
import { panelEdges } from '../gaussian/adaptive-quadrature.js';
import { BOUND, type TeacherOutput } from './label-weights.js';

/** Where the averages are taken; see `Channel`. */
export interface FieldState {
  readonly mu: number;
  readonly sigma: number;
  /** V */
  readonly susceptibility: number;
}

/** What is integrated: a student that sees labels of a teacher's output with Gaussian noise. */
export interface LabelModel {
  readonly student: Activation;
  readonly output: TeacherOutput;
  /** Standard deviation of the noise. */
  readonly deviation: number;
}

/** Panels on which 21 nodes resolve a normal density, in its deviations. */
export const WIDEST = 4;
const GRADING = 6; // each panel is so much wider than the one nearer to the point it is graded to

/** Bounds on h: a step from ω goes no further than √V|t − g(ω)|, for staying costs no more than that. */
export function reach({ student, output, deviation }: LabelModel, state: FieldState): [number, number] {
  const bound = BOUND * (Math.abs(state.mu) + state.sigma);
  const root = Math.sqrt(state.susceptibility);
  const farthest = (omega: number): number =>
    root *
    Math.max(
      output.highest + BOUND * deviation - student.value(omega),
      student.value(omega) - output.lowest + BOUND * deviation,
    );
  return [-bound - farthest(-bound) - 1, bound + farthest(bound) + 1];
}

/**
 * Distances from a label at a kink of the student, where h is decided by ω against V times the label: labels of the size
 * γ/V matter, however large V is. From there panels widen until they are as wide as others.
 */
function layer(student: Activation, state: FieldState, kink: number): number[] {
  const slope = Math.max(Math.abs(student.derivative(kink)), Math.abs(student.derivative(kink - 1e-6)));
  const distances: number[] = [];
  let distance = Math.hypot(state.mu, state.sigma) / (1 + state.susceptibility * slope);
  for (; distance < 1 / GRADING; distance *= GRADING) distances.push(distance, -distance);
  return [0, ...distances];
}

/** Panels in u′: kinks of the teacher, and the fields whose label is the student's output at a kink, with their layers. */
export function fieldEdges({ student, output }: LabelModel, state: FieldState): number[] {
  const points = student.kinks.flatMap((kink) => {
    const distances = layer(student, state, kink);
    return output
      .crossings(student.value(kink))
      .flatMap((root) => distances.map((distance) => root + distance / Math.max(output.slopeAt(root), 0.1)));
  });
  return panelEdges([0, ...output.kinks, ...points], BOUND, WIDEST);
}

/** Panels in t: the edges of the range and the kinks, with layers of the width of the noise or of the step around them. */
export function labelEdges({ student, output, deviation }: LabelModel, state: FieldState): number[] {
  const low = output.lowest - BOUND * deviation;
  const high = output.highest + BOUND * deviation;
  const [middle, half] = [(low + high) / 2, (high - low) / 2];
  const marks = [output.lowest, output.highest, ...output.kinks.map(output.value)];
  const layers = marks.flatMap((mark) => [-4, 0, 4].map((width) => mark + width * deviation));
  const points = student.kinks.flatMap((kink) =>
    layer(student, state, kink).map((distance) => student.value(kink) + distance),
  );
  return panelEdges(
    [...layers, ...points].map((point) => point - middle),
    half,
    half / 3,
  ).map((edge) => edge + middle);
}
