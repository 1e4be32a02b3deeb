import { panelEdges } from '../../numerics/panels.js';
import type { BatchLaws } from './laws.js';
import { LAYER, layerAround, studentPoints, teacherLayers } from '../field-panels.js';

/** Where to split integrals over a batch, so that rules see smooth functions. */
export interface BatchPanels {
  /** Edges in θ, v̂ = √(M−1) sin θ: kinks of the student and its scale 1/γ. */
  student(gamma: number): number[];
  /** The same with the teacher's kinks at given s and μ, where they leave layers narrower than the law; else nothing. */
  studentAndTeacher(
    gamma: number,
    overlap: number,
    sine: number,
    s: number,
    mu: number,
  ): number[] | undefined;
  /** Edges in √Mμ at given s: where a kink of the teacher abruptly passes one of the student's or an end of the sphere. */
  mean(gamma: number, overlap: number, sine: number, s: number): number[];
}

/** The panels for a student and a teacher with these kinks. */
export function batchPanels(
  kinks: readonly number[],
  batchSize: number,
  laws: BatchLaws,
  teacherKinks = kinks,
): BatchPanels {
  const { angleBound, meanBound } = laws;
  const radius = Math.sqrt(batchSize - 1);
  const rootBatch = Math.sqrt(batchSize);

  function inAngle(points: readonly number[]): number[] {
    const angles = points.filter((v) => Math.abs(v) < radius).map((v) => Math.asin(v / radius));
    return panelEdges(angles, angleBound, angleBound);
  }

  return {
    student: (gamma) => inAngle(studentPoints(gamma, kinks)),
    studentAndTeacher(gamma, overlap, sine, s, mu) {
      const layers = teacherLayers(teacherKinks, overlap, sine, s, mu, radius);
      return layers.length === 0 ? undefined : inAngle([...studentPoints(gamma, kinks), ...layers]);
    },
    mean(gamma, overlap, sine, s) {
      const width = (LAYER * sine * rootBatch) / Math.abs(overlap);
      if (teacherKinks.length === 0 || gamma === 0 || !(width < meanBound)) return [-meanBound, meanBound];
      const passed = [...kinks.map((kink) => kink / gamma), -radius, radius];
      const centres = teacherKinks.flatMap((kink) => passed.map((v) => rootBatch * (kink / overlap - s * v)));
      return panelEdges(
        centres.flatMap((centre) => layerAround(centre, width)),
        meanBound,
        meanBound,
      );
    },
  };
}
