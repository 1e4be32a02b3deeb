import { stepCoefficients, type BatchFields, type BatchStep } from '../../../lib/dynamics/batch-step.js';
import { fillNormal } from '../../../lib/random/normal-deviates.js';
import type { RandomStream } from '../../../lib/random/random-stream.js';

/** Minibatches of fields with overlap R, and noise, drawn into the same arrays; `across` is what of u is orthogonal to v, over sin φ. */
export function minibatches(
  m: number,
  overlap: number,
  noiseVariance: number,
  stream: RandomStream,
): { fields: BatchFields; across: Float64Array; draw: () => void } {
  const normals = new Float64Array(3 * m);
  const fields = {
    teacher: new Float64Array(m),
    student: new Float64Array(m),
    noise: new Float64Array(m),
  };
  const sine = Math.sqrt(1 - overlap * overlap);
  return {
    fields,
    across: normals.subarray(m, 2 * m),
    draw() {
      fillNormal(stream, normals);
      for (let i = 0; i < m; i++) {
        fields.student[i] = normals[i];
        fields.teacher[i] = overlap * normals[i] + sine * normals[m + i];
        fields.noise[i] = Math.sqrt(noiseVariance) * normals[2 * m + i];
      }
    },
  };
}

/** A, B and C over so many minibatches by the step of a rule at η = η_γ = L = 1, each with its standard error. */
export function averagesOverMinibatches(
  step: BatchStep,
  gamma: number,
  overlap: number,
  stream: RandomStream,
  count: number,
): { mean: number; error: number }[] {
  const m = step.batchSize;
  const { fields, draw } = minibatches(m, overlap, step.noiseVariance, stream);
  const coefficients = stepCoefficients(m);
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  for (let batch = 0; batch < count; batch++) {
    draw();
    step.compute(0, [gamma, NaN, 1], fields, coefficients);
    // The step's coefficients are γδ̃/(M s), and its Δγ is ⟨δv̂⟩.
    let towards = 0;
    let power = 0;
    for (let i = 0; i < m; i++) {
      towards += (coefficients.onInputs[i] * fields.teacher[i]) / gamma;
      power += (coefficients.onInputs[i] / gamma) ** 2;
    }
    [coefficients.scaleChange, towards, power].forEach((value, k) => {
      sums[k] += value;
      squares[k] += value * value;
    });
  }
  return sums.map((sum, k) => {
    const mean = sum / count;
    return { mean, error: Math.sqrt((squares[k] / count - mean * mean) / count) };
  });
}
