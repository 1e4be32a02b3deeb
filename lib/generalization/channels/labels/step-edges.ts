import { equalRatios } from '../../../numerics/equally-spaced.js';
import { bracketedRoot } from '../../../numerics/root-finding.js';
import { panelEdges } from '../../../numerics/panels.js';
import { NORMAL_BOUND } from '../../../numerics/normal.js';
import { FAR, type FieldState, type LabelModel, type Step } from './label-density.js';
import { stepGrid } from './step-grid.js';

const WIDEST = 3.5; // panels on which 21 nodes resolve a normal density, in its deviations
const PIECES = 2; // panels on either side of a peak
const GRADING = 6; // each panel is so much wider than the one nearer to the point it is graded to
const ROUGH = 1e-3; // tolerance of an edge that only marks a peak
const LEAST_SLOPE = 1e-3;

/** Bound on |h|: a step from ω goes no further than √V|t − g(ω)|, for staying costs no more than that. */
export function reach({ student, output, deviation }: LabelModel, state: FieldState): number {
  const bound = NORMAL_BOUND * Math.hypot(state.mu, state.sigma);
  const farthest = (omega: number): number =>
    Math.max(
      output.highest + NORMAL_BOUND * deviation - student.value(omega),
      student.value(omega) - output.lowest + NORMAL_BOUND * deviation,
    );
  return bound + 1 + Math.sqrt(state.susceptibility) * Math.max(farthest(-bound), farthest(bound));
}

/** Distances ±first, ±6 first, … below 1. */
export function graded(first: number): number[] {
  return equalRatios(first, GRADING, 1 / GRADING).flatMap((distance) => [distance, -distance]);
}

/** Places z where the student's output is a label that many fields of a teacher have, at one of its kinks, and g′ there. */
function sharedLabels({ student, output }: LabelModel, bound: number): [number, number][] {
  const grid = stepGrid(-bound, bound, []);
  return output.kinks.flatMap((kink) => {
    const label = output.value(kink);
    const miss = (z: number): number => student.value(z) - label;
    const cells = Array.from(grid.keys()).filter((i) => i > 0 && miss(grid[i - 1]!) * miss(grid[i]!) < 0);
    return cells.map((i): [number, number] => {
      const z = bracketedRoot(miss, grid[i - 1]!, grid[i]!);
      return [z, Math.abs(student.derivative(z))];
    });
  });
}

/**
 * Panels in z, from −bound to bound: widening with the field, and with layers that V makes narrow at the kinks, and at the steps
 * that shared labels lead to unless noise spreads them.
 */
export function stepEdges(model: LabelModel, state: FieldState, bound: number): number[] {
  const gamma = Math.hypot(state.mu, state.sigma);
  const v = state.susceptibility;
  const points = [0];
  const mark = (z: number, width: number): void => {
    points.push(z, ...graded(width).map((distance) => z + distance));
  };
  for (const kink of model.student.kinks) mark(kink, gamma / Math.sqrt(1 + v));
  for (const [z, slope] of sharedLabels(model, bound))
    mark(z, Math.max(gamma / (1 + v * slope * slope), model.deviation / Math.max(slope, LEAST_SLOPE)));
  const widening = equalRatios(gamma, 3, bound).flatMap((point) => [point, -point]);
  return panelEdges([...points, ...widening], bound, Infinity);
}

/** Panels in s between the slopes of a kink: around 0, where ω is decided by V s against the label. */
export function kinkEdges(from: number, to: number, state: FieldState): number[] {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const points = [0, ...graded(1 / (1 + state.susceptibility))];
  return [low, ...points.filter((s) => s > low && s < high).sort((x, y) => x - y), high];
}

/**
 * Panels in u′ at a step: where the density of its labels peaks, and where the mean miss leaves the range, the places that lead
 * there cut off within the width of the noise. Empty where no field of the teacher leads there.
 */
export function fieldEdges(
  { output, deviation }: LabelModel,
  { mu, sigma, susceptibility }: FieldState,
  { z, output: own, slope, low, high }: Step,
): number[] {
  const lever = susceptibility * slope;
  const noise = lever * deviation;
  const variance = sigma * sigma + noise * noise;
  const offset = z + lever * own;
  let [from, to] = output.support(offset, -mu, lever, variance, 2 * FAR);
  const points = output.kinks.slice();
  let narrowest = 1;
  for (const root of output.roots(offset, -mu, lever, ROUGH)) {
    const rate = Math.abs(mu + lever * output.slopeAt(root));
    const width = Math.sqrt(variance / (rate * rate + variance));
    from = Math.min(from, root - NORMAL_BOUND * width);
    to = Math.max(to, root + NORMAL_BOUND * width);
    narrowest = Math.min(narrowest, width);
    for (let k = -PIECES; k <= PIECES; k++) points.push(root + (k * NORMAL_BOUND * width) / PIECES);
  }
  if (!(to > from)) return [];
  const square = sigma * sigma;
  for (const end of [low, high]) {
    if (!Number.isFinite(end)) continue;
    const constant = noise * deviation * z - square * own - end * variance;
    for (const root of output.roots(
      constant,
      -noise * deviation * mu,
      -square,
      deviation === 0 ? 0 : ROUGH,
    )) {
      const rate = Math.abs(square * output.slopeAt(root) - noise * deviation * mu);
      const width = (sigma * deviation * Math.sqrt(variance)) / Math.max(rate, LEAST_SLOPE * square);
      if (deviation === 0) points.push(root);
      else if (width < narrowest / 2) points.push(root - 4 * width, root + 4 * width);
    }
  }
  return edgesBetween(Math.max(from, -NORMAL_BOUND), Math.min(to, NORMAL_BOUND), points, WIDEST);
}

/** Edges from one number to another by way of the points between them, with no panel wider than `widest`. */
function edgesBetween(from: number, to: number, points: readonly number[], widest: number): number[] {
  const [middle, half] = [(from + to) / 2, (to - from) / 2];
  const centred = points.map((point) => point - middle);
  return panelEdges(centred, half, widest).map((edge) => edge + middle);
}
