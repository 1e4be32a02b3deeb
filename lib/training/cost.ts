import { DRAWN_FIELD, DRAWN_INPUT } from '../simulation/cost.js';
import type { TrainingEngine } from './train-options.js';

// Seconds for each multiplication in products with training sets and in factorizations, on one core of a server of 2020.
const PRODUCT = 1e-9;
// Products with the training set that a minimization takes.
const MINIMIZATION_PRODUCTS = 500;
const BIDIAGONAL_BYTES = 48;

/** Students trained on training sets. */
interface Training {
  readonly engine: TrainingEngine;
  /** α = P/N. */
  readonly load: number;
  readonly dimension: number;
  readonly runs: number;
  /** How a student is trained: by a factorization, by as many minimizations, or by minibatches until a time. */
  readonly by:
    'factorization' | { readonly starts: number } | { readonly until: number; readonly batchSize: number };
}

function productsOf({ by, load, dimension }: Training): number {
  const samples = load * dimension;
  if (by === 'factorization') return samples * Math.min(samples, dimension);
  return 'starts' in by ? MINIMIZATION_PRODUCTS * samples * by.starts : by.until * dimension * by.batchSize;
}

/** Seconds and bytes that training students at one load is expected to take, in order of magnitude. */
export function trainingCost(training: Training): { seconds: number; bytes: number } {
  const { engine, load, dimension, runs } = training;
  const samples = load * dimension;
  if (engine === 'bidiagonal') {
    const entries = Math.min(samples, dimension);
    return { seconds: runs * DRAWN_FIELD * entries, bytes: BIDIAGONAL_BYTES * entries };
  }
  const drawn = DRAWN_INPUT * samples * dimension;
  return {
    seconds: runs * (drawn + PRODUCT * productsOf(training) * dimension),
    bytes: 8 * samples * dimension,
  };
}
