import { requireInteger } from '../../foundation/checks.js';
import type { Slopes } from '../activation.js';
import { constantPairs, constantPairsSlope, linearPairs, sectorsOf } from './pairs.js';
import { shrinkRules, teacherField, type TeacherField } from './shrinkage.js';
import { squaredGamma, writeSingles } from './singles.js';
import { centralDerivative } from '../../numerics/finite-differences.js';

/**
 * Exact finite-batch averages of batch normalization for a positively homogeneous unit, g(z) = a z for z > 0 and b z for
 * z < 0, and a teacher that is one too, as polynomials in γ > 0:
 *
 *     A = A₀ − hγ,   B = sin²φ·B̂,   C = C₀ + C₁γ + C₂γ² + C_S S.
 *
 * Derivation: docs/theory/batch-normalization.md. Powers of the batch's deviation are absorbed into the law of the fields
 * (`batch-shrinkage.ts`), which leaves moments of centred Gaussian vectors over orthants: of (p, u) for one sample
 * (`batch-singles.ts`), of (p_i, p_j, u_i, u_j) for the pairs that ⟨δ⟩² and ⟨δv̂⟩² bring in (`batch-pairs.ts`).
 */
export interface BatchAverages {
  readonly batchSize: number;
  /** h = E[g′(v̂)²v̂²] = (a² + b²)/2. */
  readonly gammaCoefficient: number;
  /** C₂, free of φ. */
  readonly squaredGamma: number;
  /** C_S, free of φ. */
  readonly noise: number;
  /** Writes A₀, B̂, C₀, C₁ at an angle φ in [0, π] to out[0…3]. */
  readonly write: (phi: number, out: Float64Array) => void;
  /** Writes their derivatives by r = 1 − R at R = 1 to out[0…3]. */
  readonly writeAlignedSlope: (out: Float64Array) => void;
}

/**
 * The exact averages of batch normalization for slopes a, b and batch size M (docs/theory/batch-normalization.md).
 *
 * @param teacher slopes of the teacher; default those of the student
 * @param batchSize M ≥ 4, below which E[1/s²] is infinite
 * @throws RangeError when M is not an integer ≥ 4
 */
export function batchAverages(
  a: number,
  b: number,
  batchSize: number,
  teacher: Slopes = [a, b],
): BatchAverages {
  requireInteger('batchSize', batchSize, 4);
  const rules = shrinkRules(batchSize);
  const student: Slopes = [a, b];
  const sectors = sectorsOf(student, teacher);
  const h = (a * a + b * b) / 2;
  const pairs = (1 - 1 / batchSize) / batchSize;

  /** Everything but the pairs of C₀, which alone is singular at R = ±1. */
  function writeRegular(field: TeacherField, out: Float64Array): void {
    writeSingles(student, teacher, batchSize, rules, field, out);
    out[3] = out[3]! + 2 * pairs * linearPairs(student, teacher, batchSize, rules, field);
  }

  return {
    batchSize,
    gammaCoefficient: h,
    squaredGamma: squaredGamma(a, b, batchSize),
    noise: (h * (batchSize - 2)) / (batchSize * (batchSize - 3)),
    write(phi, out) {
      writeRegular(teacherField(phi, batchSize), out);
      out[2] = out[2]! - pairs * constantPairs(sectors, batchSize, rules, phi);
    },
    writeAlignedSlope(out) {
      // The regular part is analytic in R across R = 1, as far as 1/(2M) beyond.
      const alongR = (r: number, at: Float64Array): void => {
        writeRegular({ overlap: 1 - r, rest: 1 / batchSize + r * (2 - r) * (1 - 1 / batchSize) }, at);
      };
      centralDerivative(alongR, 0, 0.1 / batchSize, out);
      const aligned = constantPairs(sectors, batchSize, rules, 0);
      out[2] = out[2]! - pairs * constantPairsSlope(student, teacher, batchSize, rules, aligned);
    },
  };
}
