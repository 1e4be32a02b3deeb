import type { Activation } from '../../gaussian/activation.js';
import { adaptiveQuadrature } from '../../numerics/adaptive-quadrature.js';
import { normalDensity, normalPanels } from '../../numerics/normal.js';
import { bracketedRoot } from '../../numerics/root-finding.js';
import { knownPoint } from './known-points.js';
import { isInjective } from './noiseless-limit.js';
import type { SaddleTask } from './saddle-problem.js';
import type { SaddlePoint } from './saddle-types.js';

const TOLERANCE = 1e-12;
const FARTHEST = 1e6; // a student that has to go beyond for a label does not reach it

/** g⁻¹, NaN where the label is out of reach. */
function inverseOf({ value }: Activation): (label: number) => number {
  return (label) => {
    const miss = (z: number): number => value(z) - label;
    for (let far = 1; far < FARTHEST; far *= 4)
      if (miss(-far) > 0 !== miss(far) > 0) return bracketedRoot(miss, -far, far);
    return NaN;
  };
}

/** E[y u′] and E[y²] of the fields y = g⁻¹(t) that meet the labels; NaN where there are labels out of reach. */
function fieldsOf({ activation, teacherActivation, noiseVariance, teacherLength }: SaddleTask): {
  readonly along: number;
  readonly square: number;
} {
  const inverse = inverseOf(activation);
  const deviation = Math.sqrt(noiseVariance);
  const [inner, outer] = [adaptiveQuadrature(2, TOLERANCE), adaptiveQuadrature(2, 10 * TOLERANCE)];
  const [part, sums] = [new Float64Array(4), new Float64Array(4)];
  const write = (y: number, weight: number, out: Float64Array): void => {
    out[0] = weight * y;
    out[1] = out[3] = weight * y * y;
    out[2] = Math.abs(out[0]);
  };
  const kinks = activation.kinks.map(activation.value);
  const average = (output: number): void => {
    if (deviation === 0) {
      write(inverse(output), 1, part);
      return;
    }
    inner(
      (noise, out) => {
        write(inverse(output + deviation * noise), normalDensity(noise), out);
      },
      normalPanels([0, ...kinks.map((kink) => (kink - output) / deviation)]),
      part,
    );
  };
  outer(
    (field, out) => {
      average(teacherActivation.value(teacherLength * field));
      const weight = normalDensity(field);
      out[0] = weight * field * part[0]!;
      out[1] = out[3] = weight * part[1]!;
      out[2] = weight * Math.abs(field) * part[2]!;
    },
    normalPanels([0, ...teacherActivation.kinks.map((kink) => kink / teacherLength)]),
    sums,
  );
  return { along: sums[0]!, square: sums[1]! };
}

/**
 * The limit ζ → 0⁺ below one sample a weight of a student whose output rises or falls everywhere and reaches every label. It meets the
 * linear equations h = y = g⁻¹(t), and the shortest such student has μ = αE[yu′], σ² = α(E[y²] − α(2 − α)E[yu′]²)/(1 − α). Undefined for
 * other students.
 */
export function invertibleLimit(task: SaddleTask): SaddlePoint | undefined {
  const { activation, load, channel } = task;
  if (load >= 1 || !isInjective(activation)) return undefined;
  const { along, square } = fieldsOf(task);
  if (Number.isNaN(square)) return undefined;
  const mu = load * along;
  const sigma = Math.sqrt((load * (square - load * (2 - load) * along * along)) / (1 - load));
  const gamma = Math.hypot(mu, sigma);
  const generalizationError = channel.generalizationError(mu, sigma);
  const learned = { load, gamma, overlap: mu / gamma, generalizationError, trainingError: 0 };
  return knownPoint(task, { ...learned, susceptibility: Infinity }, load);
}
