import type { Activation } from '../../lib/gaussian/activation.js';
import { saddlePoint } from '../../lib/generalization/saddle/saddle-point.js';

const DECAYS = [0, 1e-12, 1e-10, 1e-8, 1e-6, 1e-4, 1e-2, 0.1, 1, 10, 1e2, 1e4];
const NOISES = [0, 1e-6, 1e-4, 1e-2, 0.05, 0.25, 1, 10];
const THRESHOLDS = [1, 2, 1.1842009991, 1.166, 1.2054254];

/** Numbers from 0 to 1, the same for the same seed (the generator of Numerical Recipes, which is good enough to scatter points). */
function scattered(seed: number): () => number {
  let state = seed;
  return () => {
    state = (1664525 * state + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** What a scan has come to: problems without a point, and steps of all searches. */
export interface SaddleScan {
  readonly lost: readonly string[];
  readonly iterations: number;
}

/**
 * Solves for points scattered over loads from 0.05 to 1e5, half of them near 1 to 2.5 or next to a threshold, decays from 0 to 1e4 and noises
 * from 0 to 10.
 */
export function scanSaddlePoints(
  activation: Activation,
  count: number,
  seed: number,
  teacherActivation = activation,
): SaddleScan {
  const next = scattered(seed);
  for (let i = 0; i < 10; i++) next();
  const oneOf = (values: readonly number[]): number => values[Math.floor(values.length * next())];
  const loadOf = (): number => {
    const kind = next();
    if (kind < 0.5) return 0.05 * 2e6 ** next();
    if (kind < 0.75) return 0.8 + 1.7 * next();
    return oneOf(THRESHOLDS) * (1 + (next() < 0.5 ? -1 : 1) * 10 ** (-1 - 5 * next()));
  };
  const lost: string[] = [];
  let iterations = 0;
  for (let i = 0; i < count; i++) {
    const problem = { load: loadOf(), gammaDecay: oneOf(DECAYS), noiseVariance: oneOf(NOISES) };
    const point = saddlePoint({ ...problem, activation, teacherActivation });
    iterations += point.diagnostics.iterations;
    if (point.outcome !== 'converged') lost.push(JSON.stringify(problem));
  }
  return { lost, iterations };
}
