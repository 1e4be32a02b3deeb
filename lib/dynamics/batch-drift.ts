import type { Slopes } from '../gaussian/activation.js';
import { angleOfMisalignment, cosineOfMisalignment, sineOfMisalignment } from '../gaussian/angle.js';
import {
  meanDeviation,
  meanInverseDeviation,
  meanInversePower,
  meanInverseVariance,
} from '../gaussian/batch/moments.js';
import type { BatchStatistics } from '../gaussian/batch/statistics.js';
import { batchQuadratureTable } from '../gaussian/batch/quadrature-table.js';
import { batchTable } from '../gaussian/batch/table.js';
import { finiteDifferenceGradient } from '../gaussian/finite-difference-gradient.js';
import type { BatchNormalizedParameters } from './batch-normalized-step.js';
import type { NormalizedDrift } from './normalized-system.js';
import { pairOf } from './parameters.js';

/**
 * The unit g(z) = a z and a teacher c u in closed form (docs/theory/batch-normalization.md): A = a(cR E[s] − aγ),
 * B = ac(1 − R²)((M−2)/M)E[1/s], C = a²(c²(1 − R²) + S)(M−2)E[1/s²]/M². The noise vanishes at R = 1, which a table would only
 * know to its accuracy.
 */
function linearDrift(
  slope: number,
  teacherSlope: number,
  batchSize: number,
  noiseVariance: number,
): NormalizedDrift {
  const gain = slope * slope;
  const ratio = teacherSlope / slope;
  const noise = noiseVariance / gain;
  const kappa = ratio * meanDeviation(batchSize);
  const turning = gain * ratio * ((batchSize - 2) / batchSize) * meanInverseDeviation(batchSize);
  const power = gain * gain * ((batchSize - 2) / (batchSize * batchSize)) * meanInverseVariance(batchSize);
  return {
    write(gamma, r, out) {
      const sine = sineOfMisalignment(r);
      out[0] = gain * (cosineOfMisalignment(r) * kappa - gamma);
      out[1] = sine * sine * turning;
      out[2] = (ratio * ratio * sine * sine + noise) * power;
    },
    writeGradient(_gamma, r, out) {
      const overlap = cosineOfMisalignment(r);
      out[0] = -gain;
      out[1] = 0;
      out[2] = 0;
      out[3] = -gain * kappa;
      out[4] = 2 * overlap * turning;
      out[5] = 2 * overlap * ratio * ratio * power;
    },
  };
}

/**
 * The same by the mean alone: A = a²(1 − 1/M)(R − γ), B = a²(1 − 1/M)(1 − R²), C = a²(1 − 1/M)(a²((R − γ)² + 1 − R²) + S)/M, those of
 * weight normalization times 1 − 1/M.
 */
function linearMeanDrift(
  slope: number,
  teacherSlope: number,
  batchSize: number,
  noiseVariance: number,
): NormalizedDrift {
  const ratio = teacherSlope / slope;
  const kept = slope * slope * (1 - 1 / batchSize);
  const power = (slope * slope * kept) / batchSize;
  const noise = noiseVariance / (slope * slope);
  return {
    write(gamma, r, out) {
      const gap = ratio * cosineOfMisalignment(r) - gamma;
      const sine = sineOfMisalignment(r);
      out[0] = kept * gap;
      out[1] = ratio * kept * sine * sine;
      out[2] = power * (gap * gap + ratio * ratio * sine * sine + noise);
    },
    writeGradient(gamma, r, out) {
      const overlap = cosineOfMisalignment(r);
      out[0] = -kept;
      out[1] = 0;
      out[2] = -2 * power * (ratio * overlap - gamma);
      out[3] = -ratio * kept;
      out[4] = 2 * ratio * kept * overlap;
      out[5] = 2 * ratio * power * gamma;
    },
  };
}

/**
 * The same by the deviation alone: with κ_n = E[sⁿ], A = a²(R(κ₁ + κ₋₁/M) − γ(1 + κ₋₂/M)), B = a²(1 − R²)(1 − 1/M)κ₋₁,
 * C = a⁴(R²ρ₂ − 2Rγρ₃ + γ²ρ₄)/M + a²(a²(1 − R²) + S)((1 − 1/M)κ₋₂ + κ₋₄/M²)/M, ρ_n = κ₋ₙ/M + 3κ₋ₙ₋₂/M², which does not vanish at
 * R = 1.
 */
function linearDeviationDrift(
  slope: number,
  teacherSlope: number,
  batchSize: number,
  noiseVariance: number,
): NormalizedDrift {
  const ratio = teacherSlope / slope;
  const gain = slope * slope;
  const inverse = (power: number): number => meanInversePower(batchSize, power);
  const spread = (power: number): number =>
    ((inverse(power) + (3 * inverse(power + 2)) / batchSize) * gain * gain) / batchSize ** 2;
  const [both, mixed, own] = [spread(2), spread(3), spread(4)];
  const noise = noiseVariance / gain;
  const pull = gain * (meanDeviation(batchSize) + inverse(1) / batchSize);
  const rest = gain * (1 + inverse(2) / batchSize);
  const turning = gain * (1 - 1 / batchSize) * inverse(1);
  const power =
    ((gain * gain) / batchSize) * ((1 - 1 / batchSize) * inverse(2) + inverse(4) / batchSize ** 2);
  return {
    write(gamma, r, out) {
      const taught = ratio * cosineOfMisalignment(r);
      const sine = sineOfMisalignment(r);
      out[0] = taught * pull - gamma * rest;
      out[1] = ratio * sine * sine * turning;
      out[2] =
        taught * (taught * both - 2 * gamma * mixed) +
        gamma * gamma * own +
        (ratio * ratio * sine * sine + noise) * power;
    },
    writeGradient(gamma, r, out) {
      const taught = ratio * cosineOfMisalignment(r);
      out[0] = -rest;
      out[1] = 0;
      out[2] = 2 * (gamma * own - taught * mixed);
      out[3] = -ratio * pull;
      out[4] = 2 * taught * turning;
      out[5] = 2 * ratio * (gamma * mixed + taught * (power - both));
    },
  };
}

/** A, B, C of a unit with a kink, for any field scale γ; a negative γ is the field −v with −γ. */
function kinkedDrift(
  [a, b]: Slopes,
  teacher: Slopes,
  batchSize: number,
  noiseVariance: number,
  statistics: BatchStatistics,
): NormalizedDrift {
  const { exact, evaluate, evaluateByMisalignment } = batchTable(a, b, batchSize, teacher, statistics);
  const { gammaCoefficient, squaredGamma, noise } = exact;
  const values = new Float64Array(4);
  const slopes = new Float64Array(4);

  function write(gamma: number, r: number, out: Float64Array): void {
    if (gamma < 0) {
      write(-gamma, 2 - r, out);
      out[0] = -out[0]!;
      return;
    }
    const sine = sineOfMisalignment(r);
    evaluate(angleOfMisalignment(r), values);
    out[0] = values[0]! - gammaCoefficient * gamma;
    out[1] = sine * sine * values[1]!;
    out[2] = values[2]! + gamma * (values[3]! + gamma * squaredGamma) + noise * noiseVariance;
  }

  function writeGradient(gamma: number, r: number, out: Float64Array): void {
    if (gamma < 0) {
      writeGradient(-gamma, 2 - r, out);
      // γ and r both change sign under the reflection, and so does A.
      for (const i of [1, 2, 4, 5]) out[i] = -out[i]!;
      return;
    }
    const phi = angleOfMisalignment(r);
    evaluate(phi, values);
    evaluateByMisalignment(phi, slopes);
    const sine = sineOfMisalignment(r);
    out[0] = -gammaCoefficient;
    out[1] = 0;
    out[2] = values[3]! + 2 * gamma * squaredGamma;
    out[3] = slopes[0]!;
    out[4] = 2 * cosineOfMisalignment(r) * values[1]! + sine * sine * slopes[1]!;
    out[5] = slopes[2]! + gamma * slopes[3]!;
  }

  return { write, writeGradient };
}

/** A, B, C of any activation, from quadrature; NaN where they are not known to 1e-7. */
function quadratureDrift(
  parameters: BatchNormalizedParameters,
  statistics: BatchStatistics,
): NormalizedDrift {
  const { batchSize, noiseVariance } = parameters;
  const write = batchQuadratureTable(pairOf(parameters), batchSize, statistics);
  const writeGradient = finiteDifferenceGradient(write);
  const values = new Float64Array(4);
  const slopes = new Float64Array(8);
  return {
    write(gamma, r, out) {
      write(gamma, angleOfMisalignment(r), values);
      out[0] = values[0]!;
      out[1] = sineOfMisalignment(r) ** 2 * values[1]!;
      out[2] = values[2]! + noiseVariance * values[3]!;
    },
    writeGradient(gamma, r, out) {
      const phi = angleOfMisalignment(r);
      write(gamma, phi, values);
      writeGradient(gamma, phi, slopes);
      const squaredSine = sineOfMisalignment(r) ** 2;
      out[0] = slopes[0]!;
      out[1] = squaredSine * slopes[1]!;
      out[2] = slopes[2]! + noiseVariance * slopes[3]!;
      out[3] = slopes[4]!;
      out[4] = 2 * cosineOfMisalignment(r) * values[1]! + squaredSine * slopes[5]!;
      out[5] = slopes[6]!; // D is an average over the student alone
    },
  };
}

const linearDrifts = { both: linearDrift, deviation: linearDeviationDrift, mean: linearMeanDrift } as const;

/** A less the decay of γ. */
function decayed(plain: NormalizedDrift, gammaDecay: number): NormalizedDrift {
  return {
    write(gamma, r, out) {
      plain.write(gamma, r, out);
      out[0] = out[0]! - gammaDecay * gamma;
    },
    writeGradient(gamma, r, out) {
      plain.writeGradient(gamma, r, out);
      out[0] = out[0]! - gammaDecay;
    },
  };
}

/**
 * A − ζγ, B and C of a student normalized by statistics of its own batch, exact at finite M (docs/theory/batch-normalization.md): in
 * closed form for a linear unit, from tables otherwise.
 */
export function batchDrift(
  statistics: BatchStatistics,
  parameters: BatchNormalizedParameters,
): NormalizedDrift {
  const { gammaDecay } = parameters;
  const plain = plainDrift(statistics, parameters);
  return gammaDecay === 0 ? plain : decayed(plain, gammaDecay);
}

/** Without decay. */
function plainDrift(statistics: BatchStatistics, parameters: BatchNormalizedParameters): NormalizedDrift {
  const { batchSize, noiseVariance } = parameters;
  const { student, teacher } = pairOf(parameters);
  const [own, taught] = [student.slopes, teacher.slopes];
  if (own === undefined || taught === undefined) return quadratureDrift(parameters, statistics);
  if (own[0] === own[1] && taught[0] === taught[1])
    return linearDrifts[statistics](own[0], taught[0], batchSize, noiseVariance);
  // By one statistic there are moments for a teacher of the student's kind; the fields of a batch of two, y and −y, have no density.
  const hasTable = statistics === 'both' || (teacher === student && batchSize > 2);
  return hasTable
    ? kinkedDrift(own, taught, batchSize, noiseVariance, statistics)
    : quadratureDrift(parameters, statistics);
}
