import type { RandomStream } from '../random/random-stream.js';

/** What a simulation shows of a student at a time: γ, r = 1 − R without cancellation, L. */
export interface StudentState {
  readonly gamma: number;
  readonly misalignment: number;
  readonly length: number;
}

/** One student in training. */
export interface TrainedStudent {
  /** Makes one optimizer step at time t = steps/N. */
  step(time: number): void;
  state(): StudentState;
}

/** Builds a student with given order parameters, its randomness from the given stream. */
export type StudentFactory = (
  dimension: number,
  initial: StudentState,
  stream: RandomStream,
) => TrainedStudent;
