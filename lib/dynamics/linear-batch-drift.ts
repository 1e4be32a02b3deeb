import { cosineOfMisalignment, sineOfMisalignment } from '../gaussian/angle.js';
import {
  meanDeviation,
  meanInverseDeviation,
  meanInversePower,
  meanInverseVariance,
} from '../gaussian/batch/moments.js';
import type { NormalizedDrift } from './normalized-system.js';

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

/** A, B, C of a linear unit and a linear teacher, by the statistics of the batch that normalize. */
export const linearDrifts = {
  both: linearDrift,
  deviation: linearDeviationDrift,
  mean: linearMeanDrift,
} as const;
