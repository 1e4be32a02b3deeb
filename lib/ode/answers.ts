import { copyOf } from '../numerics/vectors.js';
import type { Interpolant } from './method.js';
import type { Node } from './problem.js';

/** States at asked times. A million of them as objects would keep the collector of garbage busy for seconds: they lie in one array. */
export interface Answers {
  /** Takes the state at a time from an interpolant. */
  add(time: number, interpolant: Interpolant): void;
  /** What a function reads off each of them; the state it sees is overwritten by the next. */
  map<Value>(read: (time: number, state: Float64Array) => Value): Value[];
  /** They as nodes of their own. */
  nodes(): Node[];
}

const FIRST_ROOM = 64;

/** Room for states of n components. */
export function answerList(n: number): Answers {
  let times: Float64Array | undefined; // made where something is asked for
  let states: Float64Array | undefined;
  let count = 0;
  const state = new Float64Array(n);

  function enlarged(values: Float64Array | undefined, width: number): Float64Array {
    const larger = new Float64Array(values ? 2 * values.length : width * FIRST_ROOM);
    if (values) larger.set(values);
    return larger;
  }

  function map<Value>(read: (time: number, state: Float64Array) => Value): Value[] {
    const values = new Array<Value>(count);
    for (let k = 0; k < count; k++) {
      for (let i = 0; i < n; i++) state[i] = states![n * k + i]!;
      values[k] = read(times![k]!, state);
    }
    return values;
  }

  return {
    add(time, interpolant) {
      if (!times || !states || count === times.length) {
        times = enlarged(times, 1);
        states = enlarged(states, n);
      }
      interpolant(time, state);
      times[count] = time;
      for (let i = 0; i < n; i++) states[n * count + i] = state[i]!;
      count++;
    },
    map,
    nodes: () => map((time, at) => ({ time, state: copyOf(at, n) })),
  };
}
