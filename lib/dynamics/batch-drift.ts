import type { Slopes } from '../gaussian/activation.js';
import { angleOfMisalignment, cosineOfMisalignment, sineOfMisalignment } from '../gaussian/angle.js';
import type { BatchStatistics } from '../gaussian/batch/statistics.js';
import { batchQuadratureTable } from '../gaussian/batch/quadrature-table.js';
import { batchTable } from '../gaussian/batch/table.js';
import { finiteDifferenceGradient } from '../gaussian/finite-difference-gradient.js';
import type { BatchNormalizedParameters } from './batch-normalized-step.js';
import { linearDrifts } from './linear-batch-drift.js';
import type { NormalizedDrift } from './normalized-system.js';
import { pairOf } from './parameters.js';

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
