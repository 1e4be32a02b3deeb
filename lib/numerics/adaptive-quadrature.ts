import { kronrod21 } from './gauss-kronrod.js';

/**
 * Writes n integrands at x to out[0…n−1], and to out[n…2n−1] the size of the terms of each before they cancel, which is
 * what rounding errors are relative to.
 */
export type VectorIntegrand = (x: number, out: Float64Array) => void;

/**
 * Integrates n functions at once over panels given by their edges: writes the integrals and the integrated sizes to `out`, and
 * gives back the largest estimated error over size.
 *
 * @param floors sizes are taken for no less than these, where they are given
 */
export type AdaptiveQuadrature = (
  integrand: VectorIntegrand,
  edges: readonly number[],
  out: Float64Array,
  floors?: Float64Array,
) => number;

const { nodes, weights, gaussWeights } = kronrod21;
const DEEPEST = 40;
// Ten times what tame integrands need.
const MOST_PANELS = 500;

/**
 * QUADPACK's estimate of the error of a Kronrod value from its difference to the Gauss value and the integral of the
 * function's deviation from its mean (Piessens et al., QUADPACK, 1983).
 */
function kronrodError(difference: number, deviation: number): number {
  if (difference === 0 || deviation === 0) return difference;
  const ratio = (200 * difference) / deviation;
  return ratio < 1 ? deviation * ratio * Math.sqrt(ratio) : deviation;
}

/**
 * Adaptive Gauss–Kronrod quadrature of vector-valued functions. A panel is halved until the estimated error of each
 * component is below `tolerance` times its size, the integral over all panels of its terms before they cancel. Integrands
 * should be smooth between the edges.
 *
 * Buffers are allocated here once.
 *
 * @param mostPanels panels after which an integral is left with the error it has
 */
export function adaptiveQuadrature(
  components: number,
  tolerance: number,
  mostPanels = MOST_PANELS,
): AdaptiveQuadrature {
  const samples = new Float64Array(nodes.length * components);
  const value = new Float64Array(2 * components);
  const panelSum = new Float64Array(components);
  const panelError = new Float64Array(components);
  const size = new Float64Array(components);
  const error = new Float64Array(components);
  // Sums and errors of the panels between the edges, while those before them are settled.
  const first: number[] = [];
  let panels = 0;

  function panel(integrand: VectorIntegrand, left: number, right: number, measure: boolean): void {
    const middle = (left + right) / 2;
    const half = (right - left) / 2;
    panels++;
    for (let k = 0; k < nodes.length; k++) {
      integrand(middle + half * nodes[k]!, value);
      for (let i = 0; i < components; i++) {
        samples[i * nodes.length + k] = value[i]!;
        if (measure) size[i] = size[i]! + half * weights[k]! * value[components + i]!;
      }
    }
    for (let i = 0; i < components; i++) {
      let sum = 0;
      let gauss = 0;
      const from = i * nodes.length;
      for (let k = 0; k < nodes.length; k++) {
        sum += weights[k]! * samples[from + k]!;
        gauss += gaussWeights[k]! * samples[from + k]!;
      }
      let deviation = 0;
      for (let k = 0; k < nodes.length; k++) {
        deviation += weights[k]! * Math.abs(samples[from + k]! - sum / 2);
      }
      panelSum[i] = half * sum;
      panelError[i] = kronrodError(half * Math.abs(sum - gauss), half * deviation);
    }
  }

  /** Adds the panel last computed if it is good enough, or its halves. */
  function settle(
    integrand: VectorIntegrand,
    from: number,
    to: number,
    depth: number,
    out: Float64Array,
  ): void {
    let poor = false;
    // A NaN is not poor: halving would not mend it, and it shows in the error returned.
    for (let i = 0; i < components; i++) if (panelError[i]! > tolerance * size[i]!) poor = true;
    const middle = (from + to) / 2;
    if (poor && depth < DEEPEST && panels < mostPanels) {
      panel(integrand, from, middle, false);
      settle(integrand, from, middle, depth + 1, out);
      panel(integrand, middle, to, false);
      settle(integrand, middle, to, depth + 1, out);
      return;
    }
    for (let i = 0; i < components; i++) {
      out[i] = out[i]! + panelSum[i]!;
      error[i] = error[i]! + panelError[i]!;
    }
  }

  return (integrand, edges, out, floors) => {
    panels = 0;
    size.fill(0);
    error.fill(0);
    out.fill(0);
    first.length = 0;
    for (let p = 0; p + 1 < edges.length; p++) {
      panel(integrand, edges[p]!, edges[p + 1]!, true);
      for (let i = 0; i < components; i++) first.push(panelSum[i]!, panelError[i]!);
    }
    if (floors !== undefined) for (let i = 0; i < components; i++) size[i] = Math.max(size[i]!, floors[i]!);
    for (let p = 0; p + 1 < edges.length; p++) {
      for (let i = 0; i < components; i++) {
        panelSum[i] = first[2 * (p * components + i)]!;
        panelError[i] = first[2 * (p * components + i) + 1]!;
      }
      settle(integrand, edges[p]!, edges[p + 1]!, 0, out);
    }
    out.set(size, components);
    let worst = 0;
    for (let i = 0; i < components; i++) {
      const relative = error[i]! === 0 ? 0 : error[i]! / size[i]!;
      if (!(relative <= worst)) worst = relative;
    }
    return worst;
  };
}
