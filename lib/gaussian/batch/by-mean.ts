import { densityRule } from '../../numerics/gauss-rule.js';
import { normalDensity, normalPanels, NORMAL_BOUND } from '../../numerics/normal.js';
import { panelEdges } from '../../numerics/panels.js';
import { LAYER, layerAround, studentPoints, teacherLayers } from '../field-panels.js';
import { gaussNodes } from './by-both.js';
import { normalGauss, NORMAL_REACH } from './laws.js';
import type { BatchNode, BatchNormalization, FieldState } from './normalizations.js';
import type { Resolution } from './resolutions.js';
import { normalPairAverage } from './normal-pairs.js';

/**
 * Normalization by the batch's mean alone, M ≥ 2: x = (v − μ)/ρ is standard normal, ρ² = 1 − 1/M, and independent of μ, which
 * alone is integrated over.
 */
export function normalizedByMean(
  kinks: readonly number[],
  teacherKinks: readonly number[],
  batchSize: number,
  mostTerms: number,
): BatchNormalization {
  const scale = Math.sqrt(1 - 1 / batchSize);
  const rootBatch = Math.sqrt(batchSize);
  const kinked = kinks.length > 0 || teacherKinks.length > 0;

  /** Panels for √Mμ: where a kink of the teacher, in v = k/R, abruptly passes one of the student, in v = μ + k/γ. */
  function meanEdges({ gamma, overlap, sine }: FieldState): number[] | undefined {
    const width = (LAYER * sine * rootBatch) / Math.abs(overlap);
    if (!kinked || gamma === 0 || !(width < NORMAL_BOUND)) return undefined;
    const passed = kinks.map((own) => own / gamma);
    // In two samples −x counts as x does, and the teacher's kinks meet each other's images too.
    if (batchSize === 2) passed.push(...passed.map((own) => -own));
    const images = batchSize === 2 ? teacherKinks : [];
    const centres = teacherKinks.flatMap((kink) => [
      ...passed.map((own) => rootBatch * (kink / overlap - own)),
      ...images.map((other) => (rootBatch * (kink + other)) / (2 * overlap)),
    ]);
    if (centres.length === 0) return undefined;
    return panelEdges(
      centres.flatMap((centre) => layerAround(centre, width)),
      NORMAL_BOUND,
      NORMAL_BOUND,
    );
  }

  function fieldEdges({ gamma, overlap, sine }: FieldState, { mu }: BatchNode): number[] {
    const points = studentPoints(gamma, kinks).map((p) => p / scale);
    const all = [...points, ...teacherLayers(teacherKinks, overlap, sine, scale, mu, NORMAL_BOUND)];
    // In two samples x₂ = −x₁: a rule for both is one that is the same in a mirror.
    return normalPanels(batchSize === 2 ? [...all, ...all.map((x) => -x)] : all);
  }

  return {
    along: 0,
    kept: 1 - 1 / batchSize,
    largestField: NORMAL_REACH + NORMAL_REACH / rootBatch,
    pairs: normalPairAverage(batchSize, mostTerms, kinked),
    batches({ means }, state, visit) {
      const edges = meanEdges(state);
      const { nodes, weights } =
        edges === undefined ? normalGauss(means) : densityRule(edges, () => means, normalDensity);
      for (let c = 0; c < nodes.length; c++) {
        const [mu, weight] = [nodes[c]! / rootBatch, weights[c]!];
        visit({ mu, s: scale, scale, shift: 0, forA: weight, forB: weight, forC: weight, ofMean: 1 });
      }
    },
    fields(resolution: Resolution, state, batch) {
      const nodes = kinked ? undefined : gaussNodes(resolution, state.gamma);
      if (nodes !== undefined) return normalGauss(nodes);
      const count = (width: number): number =>
        Math.ceil(resolution.fields + Math.sqrt(resolution.terms) * width);
      return densityRule(fieldEdges(state, batch), count, normalDensity);
    },
  };
}
