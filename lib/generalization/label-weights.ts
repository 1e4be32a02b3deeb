import type { Activation } from '../gaussian/activation.js';
import { bracketedRoot } from '../foundation/root-finding.js';
import { kronrod21 } from '../gaussian/gauss-kronrod.js';
import { panelEdges } from '../gaussian/adaptive-quadrature.js';

/** Fields u′ of the teacher that give a label, with their weights: nodes and weights of a quadrature over u′. */
export interface LabelWeights {
  count: number;
  readonly fields: Float64Array;
  readonly weights: Float64Array;
}

export const BOUND = 8.5; // the normal weight beyond is 2e-17
export const NORMAL = 1 / Math.sqrt(2 * Math.PI);
const SAMPLES = 257;
const NEGLIGIBLE = 1e-19;
const SCALES = [4, 8.5]; // deviations of the peak of a label's density
const SLOPE_STEP = 1e-4;
const MOST_NODES = 4200;

/** The teacher's output g*(T u′) as a function of u′. */
export interface TeacherOutput {
  readonly value: (field: number) => number;
  /** Kinks in u′. */
  readonly kinks: readonly number[];
  readonly lowest: number;
  readonly highest: number;
  /** Places in u′ where the output passes a level. */
  crossings(level: number): number[];
  /** Size of the slope in u′; at a kink the larger one. */
  slopeAt(field: number): number;
  /** Places where the density of a noisy label may peak, crossings and kinks, with the largest slope there. */
  peaks(level: number): [number, number][];
}

export function teacherOutput(teacher: Activation, length: number): TeacherOutput {
  const value = (field: number): number => teacher.value(length * field);
  const samples = Float64Array.from({ length: SAMPLES }, (_, i) => BOUND * ((2 * i) / (SAMPLES - 1) - 1));
  const outputs = samples.map(value);
  const kinks = teacher.kinks.map((kink) => kink / length).filter((kink) => Math.abs(kink) < BOUND);
  const slopeAt = (field: number): number =>
    Math.max(
      Math.abs(value(field + SLOPE_STEP) - value(field)),
      Math.abs(value(field - SLOPE_STEP) - value(field)),
    ) / SLOPE_STEP;
  function crossings(level: number): number[] {
    const roots: number[] = [];
    for (let i = 0; i + 1 < SAMPLES; i++) {
      if (outputs[i]! < level === outputs[i + 1]! < level) continue;
      roots.push(bracketedRoot((field) => value(field) - level, samples[i]!, samples[i + 1]!));
    }
    return roots;
  }
  const kinkPeaks = kinks.map((kink): [number, number] => [kink, slopeAt(kink)]);
  return {
    value,
    kinks,
    lowest: Math.min(...outputs),
    highest: Math.max(...outputs),
    crossings,
    slopeAt,
    peaks: (level) => [
      ...crossings(level).map((root): [number, number] => [root, slopeAt(root)]),
      ...kinkPeaks,
    ],
  };
}

/**
 * Writes a quadrature over u′ for the joint density of u′ and a noisy label t: φ(u′) times the normal density of t − g*(T u′).
 *
 * Panels are split at the kinks of the teacher and around the fields whose output is t, where the density peaks with the
 * width of the noise over the slope.
 *
 * @param widest panels no wider than this
 */
export function writeLabelWeights(
  output: TeacherOutput,
  deviation: number,
  t: number,
  widest: number,
  into: LabelWeights,
): void {
  const points = [0, ...output.kinks];
  for (const [centre, slope] of output.peaks(t)) {
    const width = deviation / Math.max(Math.abs(slope), 1e-3);
    points.push(centre);
    for (const scale of SCALES)
      if (scale * width < BOUND) points.push(centre - scale * width, centre + scale * width);
  }
  const edges = panelEdges(points, BOUND, widest);
  into.count = 0;
  for (let p = 0; p + 1 < edges.length; p++) {
    const half = (edges[p + 1]! - edges[p]!) / 2;
    const middle = (edges[p + 1]! + edges[p]!) / 2;
    for (let k = 0; k < kronrod21.nodes.length; k++) {
      const field = middle + half * kronrod21.nodes[k]!;
      const miss = (t - output.value(field)) / deviation;
      const weight = half * kronrod21.weights[k]! * Math.exp(-0.5 * (miss * miss + field * field));
      if (weight < NEGLIGIBLE || into.count === MOST_NODES) continue;
      into.fields[into.count] = field;
      into.weights[into.count++] = (weight * NORMAL * NORMAL) / deviation;
    }
  }
}

/** Room for the nodes of one label. */
export function emptyLabelWeights(): LabelWeights {
  return { count: 0, fields: new Float64Array(MOST_NODES), weights: new Float64Array(MOST_NODES) };
}
