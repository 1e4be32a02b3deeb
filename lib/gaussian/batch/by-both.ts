import type { QuadratureRule } from '../../numerics/quadrature-rule.js';
import { batchLaws } from './laws.js';
import { meanInverseVariance } from './moments.js';
import type { BatchNormalization, FieldState } from './normalizations.js';
import { batchPanels } from './panels.js';
import type { Resolution } from './resolutions.js';
import { pairAverage } from './sphere-polynomials.js';

const STEEPEST = 4; // γ² up to which one Gauss rule serves

/** Nodes of one Gauss rule for the fields of a student without kinks; undefined for one too steep for that. */
export function gaussNodes({ fields }: Resolution, gamma: number): number | undefined {
  const steepness = gamma * gamma;
  return steepness > STEEPEST ? undefined : Math.ceil(fields * Math.max(1, steepness));
}

/** Normalization by mean and deviation of the batch, M ≥ 4: x = v̂, integrals over s and μ. */
export function normalizedByBoth(
  kinks: readonly number[],
  teacherKinks: readonly number[],
  batchSize: number,
  mostTerms: number,
): BatchNormalization {
  const laws = batchLaws(batchSize);
  const panels = batchPanels(kinks, batchSize, laws, teacherKinks);
  const inverseVariance = meanInverseVariance(batchSize);
  const kinked = kinks.length > 0 || teacherKinks.length > 0;
  let plain: { resolution: Resolution; gamma: number; rule: QuadratureRule } | undefined;

  /** v̂ without regard to the teacher: a Gauss rule if that serves, else panels. */
  function plainRule(resolution: Resolution, gamma: number): QuadratureRule {
    if (plain?.resolution === resolution && plain.gamma === gamma) return plain.rule;
    const nodes = kinked ? undefined : gaussNodes(resolution, gamma);
    const rule =
      nodes === undefined
        ? laws.fieldBetween(panels.student(gamma), resolution.fields, resolution.terms)
        : laws.field(nodes);
    plain = { resolution, gamma, rule };
    return rule;
  }

  function means(
    { means: nodes }: Resolution,
    { gamma, overlap, sine }: FieldState,
    s: number,
  ): QuadratureRule {
    const edges = panels.mean(gamma, overlap, sine, s);
    return edges.length > 2 ? laws.meanBetween(edges, nodes) : laws.mean(nodes);
  }

  return {
    along: 1,
    kept: 1 - 1 / batchSize,
    largestField: laws.largestField,
    pairs: pairAverage(batchSize, mostTerms, kinked),
    batches(resolution, state, visit) {
      const { nodes, weights } = laws.deviation(resolution.deviations);
      for (let a = 0; a < nodes.length; a++) {
        const s = nodes[a]!;
        const rule = means(resolution, state, s);
        for (let c = 0; c < rule.nodes.length; c++) {
          const mu = rule.nodes[c]! / Math.sqrt(batchSize);
          const weight = inverseVariance * weights[a]! * rule.weights[c]!;
          const [forA, forB] = [weight * s * s, weight * s];
          visit({ mu, s, scale: 1, shift: 0, forA, forB, forC: weight, ofMean: 1 });
        }
      }
    },
    fields(resolution, { gamma, overlap, sine }, { s, mu }) {
      const split = panels.studentAndTeacher(gamma, overlap, sine, s, mu);
      return split
        ? laws.fieldBetween(split, resolution.fields, resolution.terms)
        : plainRule(resolution, gamma);
    },
  };
}
