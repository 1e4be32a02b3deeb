import { adaptiveQuadrature } from '../gaussian/adaptive-quadrature.js';
import { fieldEdges, labelEdges, reach, WIDEST, type FieldState, type LabelModel } from './label-edges.js';
import { BOUND, emptyLabelWeights, NORMAL, writeLabelWeights } from './label-weights.js';
import { moreauStep, type MoreauStep, type Stretch } from './moreau-step.js';

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
  const outerEdges = deviation === 0 ? fieldEdges : labelEdges;
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
      low = Math.min(low, mu * given.fields[k]!);
      high = Math.max(high, mu * given.fields[k]!);
    }
    const bound = BOUND * Math.hypot(mu, sigma);
    low = Math.max(low - BOUND * sigma, -bound);
    high = Math.min(high + BOUND * sigma, bound);
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
    // The density of jumps sets in at once at some label, which no other average knows of: a diagnostic that panels are not
    // refined for.
    out[2 * count + 1] = Infinity;
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
      outerEdges(model, state),
      result,
    );
    for (let i = 0; i <= count; i++) out[i] = result[i]!;
    return error > innerError ? error : innerError;
  };
}
