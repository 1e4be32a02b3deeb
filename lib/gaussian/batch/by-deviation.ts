import { densityRule, gaussRule } from '../../numerics/gauss-rule.js';
import { equallySpaced } from '../../numerics/equally-spaced.js';
import { panelEdges } from '../../numerics/panels.js';
import type { QuadratureRule } from '../../numerics/quadrature-rule.js';
import { LAYER, layerAround, studentPoints } from '../field-panels.js';
import { gaussNodes } from './by-both.js';
import { batchLaws } from './laws.js';
import type { BatchNode, BatchNormalization, FieldState } from './normalizations.js';
import type { Resolution } from './resolutions.js';
import { pairAverage } from './sphere-polynomials.js';

const NEGLIGIBLE = 1e-18;
const FINE = 60;
const REACH = 14; // of a standard normal field that counts
const PANELS = 3;

/** Gauss rules for r, M r² ~ χ² with M degrees of freedom, weighted by 1/r². */
function radiusRules(batchSize: number): (nodes: number) => QuadratureRule {
  const mode = Math.sqrt((batchSize - 3) / batchSize);
  const spread = 9 / Math.sqrt(batchSize);
  const density = (r: number): number =>
    (r / mode) ** (batchSize - 3) * Math.exp((-batchSize * (r * r - mode * mode)) / 2);
  const edges = equallySpaced(Math.max(0, mode - spread), mode + spread, 5);
  const rules = new Map<number, QuadratureRule>();
  return (nodes) => {
    const rule =
      rules.get(nodes) ??
      gaussRule(
        densityRule(edges, () => FINE, density),
        nodes,
      );
    rules.set(nodes, rule);
    return rule;
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
  batchSize: number,
  mostTerms: number,
): BatchNormalization {
  const laws = batchLaws(batchSize);
  const radii = radiusRules(batchSize);
  const radius = Math.sqrt(batchSize - 1);
  const inverseSquare = batchSize / (batchSize - 2); // E[1/r²]
  const kinked = kinks.length > 0;
  const bound = batchSize > 8 ? Math.acos(NEGLIGIBLE ** (1 / (batchSize - 8))) : Math.PI / 2;

  /** Panels in θ: where a kink of the student passes an end of the sphere. */
  function angles({ means }: Resolution, gamma: number): QuadratureRule {
    const passed = gamma === 0 ? [] : kinks.flatMap((kink) => [kink / gamma - radius, kink / gamma + radius]);
    const edges = panelEdges(passed.map(Math.atan), bound, (2 * bound) / PANELS);
    return densityRule(
      edges,
      () => means,
      (theta) => Math.cos(theta) ** (batchSize - 2),
    );
  }

  function fieldEdges({ gamma, overlap, sine }: FieldState, { mu, s, shift }: BatchNode): number[] {
    const width = (LAYER * sine) / (Math.abs(overlap) * s);
    const points = studentPoints(gamma, kinks).map((p) => p - shift);
    const layers =
      kinked && width < radius ? kinks.flatMap((kink) => layerAround((kink / overlap - mu) / s, width)) : [];
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
    batches(resolution, { gamma }, visit) {
      const theta = angles(resolution, gamma);
      const lengths = radii(resolution.deviations);
      for (let a = 0; a < theta.nodes.length; a++) {
        const [sine, cosine] = [Math.sin(theta.nodes[a]!), Math.cos(theta.nodes[a]!)];
        const shift = sine / cosine;
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
