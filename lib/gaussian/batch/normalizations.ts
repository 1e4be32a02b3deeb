import type { QuadratureRule } from '../../numerics/quadrature-rule.js';
import type { Resolution } from './resolutions.js';
import type { PairAverage } from './sphere-polynomials.js';

/** Where averages are asked for. */
export interface FieldState {
  readonly gamma: number;
  /** R. */
  readonly overlap: number;
  /** √(1 − R²). */
  readonly sine: number;
}

/** A batch of given statistics. Its fields are v = μ + s x, x of a law that is the same for all batches. */
export interface BatchNode {
  readonly mu: number;
  readonly s: number;
  /** The student's normalized field is scale·x + shift. */
  readonly scale: number;
  readonly shift: number;
  /** Weights of what the batch adds to A, B̂ and C. */
  readonly forA: number;
  readonly forB: number;
  readonly forC: number;
  /** e of ⟨δ̃²⟩ = ⟨δ²⟩ − e⟨δ⟩² − f⟨δx⟩². */
  readonly ofMean: number;
}

/** One way to normalize by a batch, as quadrature takes it (docs/theory/batch-normalization.md#any-other-activation). */
export interface BatchNormalization {
  /** f of ⟨δ̃²⟩: 1 where the step has no part along x, else 0. */
  readonly along: number;
  /** c₀ of the weight c₀ − f x p/M with which a sample counts in B̂, p its normalized field. */
  readonly kept: number;
  /** The largest field v that counts. */
  readonly largestField: number;
  /** Calls back at every node of a rule for the statistics of a batch. */
  batches(resolution: Resolution, state: FieldState, visit: (batch: BatchNode) => void): void;
  /** Rule for x in a batch; the same object for batches in which the same one serves. */
  fields(resolution: Resolution, state: FieldState, batch: BatchNode): QuadratureRule;
  /** Averages over pairs of samples of a batch. */
  readonly pairs: PairAverage;
}
