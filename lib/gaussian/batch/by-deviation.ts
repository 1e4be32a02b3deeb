import { densityRule, gaussRuleOf, remembered, reweighted } from '../../numerics/gauss-rule.js';
import { equallySpaced } from '../../numerics/equally-spaced.js';
import { panelEdges } from '../../numerics/panels.js';
import type { QuadratureRule } from '../../numerics/quadrature-rule.js';
import { LAYER, layerAround, studentPoints, teacherLayers } from '../field-panels.js';
import { gaussNodes } from './by-both.js';
import { batchLaws } from './laws.js';
import type { BatchNode, BatchNormalization, FieldState } from './normalizations.js';
import type { Resolution } from './resolutions.js';
import { pairAverage } from './sphere-polynomials.js';

const NEGLIGIBLE = 1e-18;
const REACH = 14; // of a standard normal field that counts
const PANELS = 3;
// The fewer samples, the farther θ spreads and the more nodes its Gauss rule has: twice as many at this M as at M = ∞.
const SPREAD = 16;

/** Rules for r, M r² ~ χ² with M degrees of freedom, weighted by 1/r²: of Gauss, or on panels where there are inner edges. */
function radiusRules(batchSize: number): (nodes: number, inner: readonly number[]) => QuadratureRule {
  const mode = Math.sqrt((batchSize - 3) / batchSize);
  const spread = 9 / Math.sqrt(batchSize);
  const density = (r: number): number =>
    (r / mode) ** (batchSize - 3) * Math.exp((-batchSize * (r * r - mode * mode)) / 2);
  const [least, largest] = [Math.max(0, mode - spread), mode + spread];
  const edges = equallySpaced(least, largest, 5);
  const gauss = remembered((nodes) => gaussRuleOf(density, edges, nodes));
  return (nodes, inner) => {
    const within = inner.filter((r) => r > least && r < largest).sort((a, b) => a - b);
    return within.length > 0 ? densityRule([least, ...within, largest], () => nodes, density) : gauss(nodes);
  };
}

/**
 * Normalization by the batch's deviation alone, M ≥ 8: the student's field is v/s = v̂ + m, m = μ/s.
 *
 * r² = ⟨v²⟩ and the angle θ of the fields with the sphere orthogonal to (1, …, 1) are independent, s = r cos θ and μ = r sin θ, so that
 * m = tan θ and the student does not see r. θ has density ∝ cos^{M−2}θ, and with it the powers of 1/s that a student who grows as z
 * brings in, ⟨δp⟩² /s² ~ m⁴/s² among them, stay finite: cos^{M−8}θ.
 */
export function normalizedByDeviation(
  kinks: readonly number[],
  teacherKinks: readonly number[],
  batchSize: number,
  mostTerms: number,
): BatchNormalization {
  const laws = batchLaws(batchSize);
  const radii = radiusRules(batchSize);
  const radius = Math.sqrt(batchSize - 1);
  const inverseSquare = batchSize / (batchSize - 2); // E[1/r²]
  const kinked = kinks.length > 0 || teacherKinks.length > 0;
  const bound = batchSize > 8 ? Math.acos(NEGLIGIBLE ** (1 / (batchSize - 8))) : Math.PI / 2;

  /** θ for a student without kinks: a Gauss rule for cos^{M−8}θ, what is left of the law where C is largest. */
  const plainRule = remembered((means) => {
    const left = (theta: number): number => Math.cos(theta) ** (batchSize - 8);
    const nodes = Math.ceil(means * (1 + SPREAD / batchSize));
    const gauss = gaussRuleOf(left, equallySpaced(-bound, bound, 5), nodes);
    return reweighted(gauss, (theta) => Math.cos(theta) ** 6);
  });

  /** θ; on panels where kinks of the student pass an end of the sphere. */
  function angles({ means }: Resolution, gamma: number): QuadratureRule {
    if (!kinked) return plainRule(means);
    const passed = gamma === 0 ? [] : kinks.flatMap((kink) => [kink / gamma - radius, kink / gamma + radius]);
    const edges = panelEdges(passed.map(Math.atan), bound, (2 * bound) / PANELS);
    return densityRule(
      edges,
      () => means,
      (theta) => Math.cos(theta) ** (batchSize - 2),
    );
  }

  /** r around which a kink of the teacher, at v = k/R, abruptly passes one of the student, at v = s k/γ, with the layers of width sin φ there. */
  function crossings({ gamma, overlap, sine }: FieldState, cosine: number): number[] {
    const width = Math.abs((LAYER * sine * gamma) / (overlap * cosine));
    if (!(width < 1)) return [];
    const bent = (all: readonly number[]): number[] => all.filter((kink) => kink !== 0);
    return bent(kinks).flatMap((own) =>
      bent(teacherKinks).flatMap((kink) =>
        layerAround((kink * gamma) / (own * overlap * cosine), width / Math.abs(own)),
      ),
    );
  }

  function fieldEdges({ gamma, overlap, sine }: FieldState, { mu, s, shift }: BatchNode): number[] {
    const points = studentPoints(gamma, kinks).map((p) => p - shift);
    const layers = teacherLayers(teacherKinks, overlap, sine, s, mu, radius);
    const inside = [...points, ...layers].filter((x) => Math.abs(x) < radius);
    return panelEdges(
      inside.map((x) => Math.asin(x / radius)),
      laws.angleBound,
      laws.angleBound,
    );
  }

  return {
    along: 1,
    kept: 1,
    largestField: Math.min(REACH, Math.sqrt(batchSize) * (1 + 9 / Math.sqrt(batchSize))),
    pairs: pairAverage(batchSize, mostTerms, kinked),
    batches(resolution, state, visit) {
      const theta = angles(resolution, state.gamma);
      for (let a = 0; a < theta.nodes.length; a++) {
        const [sine, cosine] = [Math.sin(theta.nodes[a]!), Math.cos(theta.nodes[a]!)];
        const shift = sine / cosine;
        const lengths = radii(resolution.deviations, crossings(state, cosine));
        for (let c = 0; c < lengths.nodes.length; c++) {
          const r = lengths.nodes[c]!;
          const weight = inverseSquare * theta.weights[a]! * lengths.weights[c]!;
          visit({
            ...{ mu: r * sine, s: r * cosine, scale: 1, shift, ofMean: -shift * shift },
            ...{ forA: weight * r * r, forB: (weight * r) / cosine, forC: weight / (cosine * cosine) },
          });
        }
      }
    },
    fields(resolution, state, batch) {
      const nodes = kinked ? undefined : gaussNodes(resolution, state.gamma);
      return nodes === undefined
        ? laws.fieldBetween(fieldEdges(state, batch), resolution.fields, resolution.terms)
        : laws.field(nodes);
    },
  };
}
