import { kronrod21 } from '../../../numerics/gauss-kronrod.js';
import { NORMAL } from '../../../numerics/normal.js';
import { AVERAGES, Average } from '../../channel.js';
import {
  FAR,
  writeMissDensity,
  type FieldState,
  type LabelModel,
  type MissDensity,
  type Step,
} from './label-density.js';
import { writeTruncatedMoments } from './truncated-moments.js';

/** Writes, at a step and a field u′ of the teacher, densities of averages and then their sizes. */
export type StepSums = (state: FieldState, step: Step, field: number, out: Float64Array) => void;

/** Place of the probability of the step, after the averages: over all steps it has to come out as 1. */
export const PROBABILITY = AVERAGES;
/** How many sums `averageSums` writes. */
export const SUMS = AVERAGES + 1;

/** Density of the miss at an end of the range, per unit of length of the jump there. */
function atEnd(end: number, rate: number, { mean, deviation }: MissDensity): number {
  if (!Number.isFinite(end) || deviation === 0) return 0;
  const distance = (end - mean) / deviation;
  if (distance * distance > 2 * FAR) return 0;
  return (rate * NORMAL * Math.exp(-0.5 * distance * distance)) / deviation;
}

/**
 * The averages of a channel: with F = V s r and the residual r they are integrals of powers of r, against a normal density cut
 * at the ends of the range of misses.
 */
export function averageSums(model: LabelModel): StepSums {
  const density: MissDensity = { weight: 0, mean: 0, deviation: 0, offset: 0 };
  const moments = new Float64Array(4);
  return (state, step, field, out) => {
    if (!writeMissDensity(model, state, step, field, density)) {
      out.fill(0);
      return;
    }
    const { weight, mean, deviation, offset } = density;
    const { constant, linear } = step;
    writeTruncatedMoments(mean, deviation, step.low, step.high, moments);
    const lever = state.susceptibility * step.slope;
    const first = weight * (constant * moments[1]! + linear * moments[2]!);
    const second = weight * (constant * moments[2]! + linear * moments[3]!);
    out[PROBABILITY] = weight * (constant * moments[0]! + linear * moments[1]!);
    out[Average.alongTeacher] = lever * field * first;
    out[Average.acrossTeacher] = (lever * (offset * first - lever * second)) / state.sigma;
    out[Average.square] = lever * lever * second;
    out[Average.residual] = second;
    // Every jump is met twice, from either side of it.
    out[Average.jumpDensity] =
      (weight / 2) * (atEnd(step.low, step.lowRate, density) + atEnd(step.high, step.highRate, density));
    for (let i = 0; i < SUMS; i++) out[SUMS + i] = Math.abs(out[i]!);
    // A diagnostic that no panel is refined for where it is small.
    out[SUMS + Average.jumpDensity]! += Math.abs(out[PROBABILITY]);
  };
}

const WIDTH = 7; // deviations of the miss that the curvature is averaged over

/** (∂F/∂ω)² = (1 − 1/ψ″)² with ψ″ = constant + linear r, away from the jumps; 1 at a kink. */
export function slopeSums(model: LabelModel): StepSums {
  const density: MissDensity = { weight: 0, mean: 0, deviation: 0, offset: 0 };
  const moments = new Float64Array(4);
  return (state, step, field, out) => {
    out.fill(0);
    if (!writeMissDensity(model, state, step, field, density)) return;
    const { weight, mean, deviation } = density;
    const { constant, linear } = step;
    const squareAt = (miss: number): number => {
      const curvature = constant + linear * miss;
      return curvature > 0 ? (curvature - 1) ** 2 / curvature : 0;
    };
    if (constant === 0) {
      writeTruncatedMoments(mean, deviation, step.low, step.high, moments);
      out[0] = linear * moments[1]!;
    } else if (deviation === 0) {
      out[0] = mean > step.low && mean < step.high ? squareAt(mean) : 0;
    } else {
      const low = Math.max(step.low, mean - WIDTH * deviation);
      const high = Math.min(step.high, mean + WIDTH * deviation);
      const half = (high - low) / 2;
      if (!(half > 0)) return;
      for (let k = 0; k < kronrod21.nodes.length; k++) {
        const miss = (low + high) / 2 + half * kronrod21.nodes[k]!;
        const distance = (miss - mean) / deviation;
        out[0]! += half * kronrod21.weights[k]! * Math.exp(-0.5 * distance * distance) * squareAt(miss);
      }
      out[0]! *= NORMAL / deviation;
    }
    out[0]! *= weight;
    out[1] = Math.abs(out[0]!);
  };
}
