import type { Activation } from '../gaussian/activation.js';
import { adaptiveQuadrature, panelEdges } from '../gaussian/adaptive-quadrature.js';
import { BOUND, emptyLabelWeights, NORMAL, writeLabelWeights, type TeacherOutput } from './label-weights.js';
import { moreauStep, type MoreauStep, type Stretch } from './moreau-step.js';

/** Where the averages are taken; see `Channel`. */
export interface FieldState {
  readonly mu: number;
  readonly sigma: number;
  /** V */
  readonly susceptibility: number;
}

/** Joint densities of ω and t, and their products with u′ and with z, integrated over u′. */
export type FieldDensities = Float64Array;

/** A function of label, cavity field and Moreau step, times the densities; `rests` where h stays at a kink. */
export type LabelIntegrand = (
  t: number,
  omega: number,
  h: number,
  rests: boolean,
  densities: FieldDensities,
  out: Float64Array,
) => void;

/** What is integrated: a student that sees labels of a teacher's output with Gaussian noise. */
export interface LabelModel {
  readonly student: Activation;
  readonly output: TeacherOutput;
  /** Standard deviation of the noise. */
  readonly deviation: number;
}

const WIDEST = 4; // panels on which 21 nodes resolve a normal density, in its deviations
const FAR = 80; // a normal density at z² beyond it adds nothing

/** Integrates at a state; writes the integrals and the density of jumps after them, gives back the relative error. */
export type LabelIntegral = (state: FieldState, out: Float64Array) => number;

/**
 * Nested quadrature over the label (over u′ where there is no noise), over ω at fixed label, and over the u′ that may have
 * given it. The integral over ω is split where the Moreau step jumps or comes to rest.
 *
 * @param count how many integrals
 */
export function labelIntegral(
  model: LabelModel,
  count: number,
  integrand: LabelIntegrand,
  tolerance: number,
): LabelIntegral {
  const { student, output, deviation } = model;
  const given = emptyLabelWeights();
  const densities = new Float64Array(3);
  const inner = adaptiveQuadrature(count, tolerance / 10);
  const outer = adaptiveQuadrature(count + 1, tolerance);
  const conditional = new Float64Array(2 * count);
  const result = new Float64Array(2 * count + 2);
  const outerEdges = deviation === 0 ? fieldEdges(student, output) : labelEdges(student, output, deviation);
  let [mu, sigma] = [0, 1];
  let innerError = 0;

  function weigh(omega: number): void {
    let [density, along, across] = [0, 0, 0];
    for (let k = 0; k < given.count; k++) {
      const field = given.fields[k]!;
      const z = (omega - mu * field) / sigma;
      if (z * z > FAR) continue;
      const weight = given.weights[k]! * Math.exp(-0.5 * z * z);
      density += weight;
      along += weight * field;
      across += weight * z;
    }
    densities[0] = (density * NORMAL) / sigma;
    densities[1] = (along * NORMAL) / sigma;
    densities[2] = (across * NORMAL) / sigma;
  }

  /** The ω that the fields in `given` allow, cut at the ends of the stretches. */
  function omegaEdges(stretches: readonly Stretch[]): number[] {
    let low = Infinity;
    let high = -Infinity;
    for (let k = 0; k < given.count; k++) {
      low = Math.min(low, mu * given.fields[k]! - BOUND * sigma);
      high = Math.max(high, mu * given.fields[k]! + BOUND * sigma);
    }
    const edges = [low];
    for (const { omegaTo } of stretches) {
      const from = edges.at(-1)!;
      const to = Math.min(omegaTo, high);
      if (!(to > from)) continue;
      const pieces = Math.ceil((to - from) / (WIDEST * sigma));
      for (let piece = 1; piece < pieces; piece++) edges.push(from + ((to - from) * piece) / pieces);
      edges.push(to);
    }
    return edges;
  }

  /** Adds to `out` what the label t gives, the fields in `given` being those that may have given it. */
  function integrateOmega(step: MoreauStep, t: number, factor: number, out: Float64Array): void {
    out.fill(0);
    if (given.count === 0) return;
    const stretches = step.setLabel(t);
    const edges = omegaEdges(stretches);
    let current = 0;
    const error = inner.integrate(
      (omega, value) => {
        while (omega < stretches[current]!.omegaFrom) current--;
        while (omega > stretches[current]!.omegaTo) current++;
        const stretch = stretches[current]!;
        weigh(omega);
        integrand(t, omega, step.solve(omega, stretch), stretch.zFrom === stretch.zTo, densities, value);
        for (let i = 0; i < count; i++) value[count + i] = Math.abs(value[i]!);
      },
      edges,
      conditional,
    );
    if (!(error <= innerError)) innerError = error; // NaN stays
    for (let i = 0; i < count; i++) {
      out[i] = factor * conditional[i]!;
      out[count + 1 + i] = factor * conditional[count + i]!;
    }
    for (let k = 1; k < stretches.length; k++) {
      const { omegaFrom, zFrom } = stretches[k]!;
      if (zFrom === stretches[k - 1]!.zTo) continue;
      weigh(omegaFrom);
      out[count] = out[count]! + factor * densities[0]!;
    }
    // Jumps are as well known as they need to be where the density of ω is.
    out[2 * count + 1] = factor;
  }

  return (state, out) => {
    ({ mu, sigma } = state);
    innerError = 0;
    const step = moreauStep(student, state.susceptibility, ...reach(model, state));
    const widest = Math.min(WIDEST, Math.abs((WIDEST * sigma) / mu));
    const error = outer.integrate(
      (x, value) => {
        if (deviation === 0) {
          given.count = 1;
          given.fields[0] = x;
          given.weights[0] = 1;
          integrateOmega(step, output.value(x), NORMAL * Math.exp(-0.5 * x * x), value);
        } else {
          writeLabelWeights(output, deviation, x, widest, given);
          integrateOmega(step, x, 1, value);
        }
      },
      outerEdges,
      result,
    );
    for (let i = 0; i <= count; i++) out[i] = result[i]!;
    return error > innerError ? error : innerError;
  };
}

/** Bounds on h: a step from ω goes no further than √V|t − g(ω)|, for staying costs no more than that. */
function reach({ student, output, deviation }: LabelModel, state: FieldState): [number, number] {
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

/** Panels in u′: kinks of the teacher, and the fields whose label is the student's output at a kink. */
function fieldEdges(student: Activation, output: TeacherOutput): number[] {
  const levels = student.kinks.flatMap((kink) => output.crossings(student.value(kink)));
  return panelEdges([0, ...output.kinks, ...levels], BOUND, WIDEST);
}

/** Panels in t: the edges of the range and the kinks, with layers of the width of the noise around them. */
function labelEdges(student: Activation, output: TeacherOutput, deviation: number): number[] {
  const low = output.lowest - BOUND * deviation;
  const high = output.highest + BOUND * deviation;
  const [middle, half] = [(low + high) / 2, (high - low) / 2];
  const marks = [output.lowest, output.highest, ...output.kinks.map(output.value)];
  const layers = marks.flatMap((mark) => [-4, -1, 0, 1, 4].map((width) => mark + width * deviation));
  const points = [...layers, ...student.kinks.map((kink) => student.value(kink))];
  return panelEdges(
    points.map((point) => point - middle),
    half,
    half / 3,
  ).map((edge) => edge + middle);
}
