import { clearCoefficients, stepCoefficients, type BatchFields } from '../dynamics/batch-step.js';
import { studentPlaces, type SimulatedRule } from '../dynamics/student.js';
import { nextChiSquare } from '../random/gamma-deviates.js';
import { fillNormal } from '../random/normal-deviates.js';
import type { RandomStream } from '../random/random-stream.js';
import type { TrainedStudent } from './engine.js';

/**
 * A student simulated by its order parameters alone, equal in law to `explicitStudent` at a cost that does not depend on
 * N (docs/theory/dynamics.md).
 *
 * With L = ‖w‖/√N, ŵ = w/‖w‖, r = 1 − R and s = √(r(2 − r)), the teacher's direction is R ŵ + s e for a unit vector e
 * orthogonal to ŵ. Of a Gaussian input x the components v = ŵ·x and y = e·x are independent standard normal numbers, and
 * independent of what lies outside the plane, x_⊥; the teacher's field is u = Rv + sy. So a step needs v_i, y_i and the
 * noise of its M samples to know its coefficients c_i on x_i and c₀ on ŵ, and these are independent of the x_i,⊥. Given them
 * Σ c_i x_i,⊥ is a Gaussian vector of N − 2 components of variance ‖c‖², of which only the length matters: its square is
 * ‖c‖²χ²_{N−2}. With
 *
 *     a = (Σ c_i v_i + c₀)/N,   b = Σ c_i y_i/N,   p = ‖c‖ χ_{N−2}/N
 *
 * the weights w/√N become (L + a)ŵ + b e + p n, n a unit vector outside the plane. Their length is
 * L' = √((L + a)² + b² + p²), and r' = ½‖ŵ' − ŵ*‖² is half the sum of the squares of (L + a)/L' − R, b/L' − s and p/L', which
 * keeps its digits near R = 1.
 *
 * Numbers are rounded to 1e-16 at every step, when a step moves them by 1/N: less than 1e-16 N in a unit of time. In two
 * dimensions nothing is outside the plane, p = 0. A step costs O(M) and allocates nothing.
 */
export function dimensionFreeStudent(
  rule: SimulatedRule,
  dimension: number,
  initial: Float64Array,
  stream: RandomStream,
): TrainedStudent {
  const { batchSize, noiseVariance, compute } = rule.batchStep;
  const places = studentPlaces(rule);
  const noiseScale = Math.sqrt(noiseVariance);
  const normals = new Float64Array((noiseScale === 0 ? 2 : 3) * batchSize);
  const across = normals.subarray(0, batchSize);
  const fields: BatchFields = {
    teacher: new Float64Array(batchSize),
    student: normals.subarray(batchSize, 2 * batchSize),
    noise: noiseScale === 0 ? new Float64Array(batchSize) : normals.subarray(2 * batchSize),
  };
  const coefficients = stepCoefficients(batchSize);
  // The state, and what a step sees of it; numbers that a closure changes are boxed anew at every step, those in an array are not.
  const current = initial.slice();
  const seen = initial.slice();
  seen[places.overlap] = NaN;

  function drawBatch(overlap: number, sine: number): void {
    const { teacher, student, noise } = fields;
    fillNormal(stream, normals);
    for (let i = 0; i < batchSize; i++) teacher[i] = overlap * student[i]! + sine * across[i]!;
    if (noiseScale === 0) return;
    for (let i = 0; i < batchSize; i++) noise[i] = noiseScale * noise[i]!;
  }

  function step(time: number): void {
    const misalignment = current[places.overlap]!;
    const length = current[places.length]!;
    const overlap = 1 - misalignment;
    const sine = Math.sqrt(Math.max(0, misalignment * (2 - misalignment)));
    drawBatch(overlap, sine);
    clearCoefficients(coefficients);
    compute(time, seen, fields, coefficients);

    const { onInputs } = coefficients;
    let along = coefficients.onStudent;
    let turn = 0;
    let power = 0;
    for (let i = 0; i < batchSize; i++) {
      const c = onInputs[i]!;
      along += c * fields.student[i]!;
      turn += c * across[i]!;
      power += c * c;
    }
    power /= dimension * dimension;
    const outside = power > 0 && dimension > 2 ? power * nextChiSquare(stream, dimension - 2) : 0;
    const onStudent = length + along / dimension;
    const onTurn = turn / dimension;
    const square = onStudent * onStudent + onTurn * onTurn + outside;
    const norm = Math.sqrt(square);
    if (places.scale >= 0)
      seen[places.scale] = current[places.scale]! += coefficients.scaleChange / dimension;
    current[places.overlap] =
      0.5 * ((onStudent / norm - overlap) ** 2 + (onTurn / norm - sine) ** 2 + outside / square);
    seen[places.length] = current[places.length] = norm;
  }

  return { step, state: () => current.slice() };
}
