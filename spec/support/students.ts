import type { BatchStep } from '../../lib/dynamics/batch-step.js';
import { layoutOf } from '../../lib/dynamics/layout.js';
import type { SimulatedRule } from '../../lib/dynamics/student.js';
import type { RandomStream } from '../../lib/random/random-stream.js';
import type { TrainedStudent } from '../../lib/simulation/engine.js';

/** γ, 1 − R and L of a student; γ is 0 for a rule that has none. */
export interface NamedState {
  readonly gamma: number;
  readonly misalignment: number;
  readonly length: number;
}

/** A student that tells its state by names. */
export interface NamedStudent {
  readonly step: (time: number) => void;
  state(): NamedState;
}

const layout = layoutOf({ gamma: 'scale', overlap: 'overlap', length: 'length' });

/** A rule with a scale γ that has nothing but a step. */
export const handmade = (batchStep: BatchStep): SimulatedRule => ({ rule: 'handmade', layout, batchStep });

/** The state of a rule from names. */
export function stateFrom(
  { layout: { kinds } }: SimulatedRule,
  { gamma, misalignment, length }: NamedState,
): Float64Array {
  const values = { scale: gamma, overlap: misalignment, length };
  return Float64Array.from(kinds, (kind) => values[kind]);
}

/** The names of a state. */
export function namesOf({ layout: { kinds } }: SimulatedRule, state: ArrayLike<number>): NamedState {
  const value = (kind: 'scale' | 'overlap' | 'length'): number => state[kinds.indexOf(kind)] ?? 0;
  return { gamma: value('scale'), misalignment: value('overlap'), length: value('length') };
}

type Engine = (
  rule: SimulatedRule,
  dimension: number,
  initial: Float64Array,
  stream: RandomStream,
) => TrainedStudent;

/** An engine whose students start from names and tell names. */
export const byName =
  (engine: Engine) =>
  (rule: SimulatedRule, dimension: number, initial: NamedState, stream: RandomStream): NamedStudent => {
    const student = engine(rule, dimension, stateFrom(rule, initial), stream);
    return { step: student.step, state: () => namesOf(rule, student.state()) };
  };
