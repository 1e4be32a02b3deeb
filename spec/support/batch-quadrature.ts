import { defineActivation } from '../../lib/gaussian/activations/custom.js';
import { softplus } from '../../lib/gaussian/activations/softplus.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { batchQuadrature } from '../../lib/gaussian/batch/quadrature.js';
import type { Activation } from '../../lib/gaussian/activation.js';
import { reference } from './reference.js';

const tanh = defineActivation({
  name: 'tanh',
  value: Math.tanh,
  derivative: (z) => 1 / Math.cosh(z) ** 2,
});
const ramp = defineActivation({
  name: 'ramp',
  value: (z) => Math.max(-1, Math.min(1, z)),
  derivative: (z) => (z >= -1 && z < 1 ? 1 : 0),
  kinks: [-1, 1],
});
export const activations: Record<string, Activation> = { erf, tanh, softplus, ramp };

export interface BatchCase {
  activation: string;
  batchSize: number;
  gamma: number;
  overlap: number;
  noiseVariance: number;
  a: number;
  b: number;
  c: number;
}

const values = new Float64Array(4);

/** A, B, C by quadrature. */
export function quadratureOf(
  activation: Activation,
  m: number,
  gamma: number,
  overlap: number,
  s: number,
): number[] {
  batchQuadrature(activation, m).write(gamma, Math.acos(overlap), values);
  return [values[0], (1 - overlap * overlap) * values[1], values[2] + s * values[3]];
}

/** Reference values by another route: direct quadrature over (s, μ, v̂₁, v̂₂). */
export const { cases: batchCases } = reference<BatchCase>('batch-general-activations');

/** The largest error of A, B, C by quadrature, each relative to the largest value of its kind among the cases. */
export function worstBatchError(cases: readonly BatchCase[]): number {
  const computed = cases.map(({ activation, batchSize, gamma, overlap, noiseVariance }) =>
    quadratureOf(activations[activation], batchSize, gamma, overlap, noiseVariance),
  );
  let worst = 0;
  (['a', 'b', 'c'] as const).forEach((name, i) => {
    const largest = Math.max(...cases.map((entry) => Math.abs(entry[name])));
    cases.forEach((entry, k) => {
      const error = Math.abs(computed[k][i] - entry[name]) / largest;
      if (!(error <= worst)) worst = error; // NaN stays
    });
  });
  return worst;
}
