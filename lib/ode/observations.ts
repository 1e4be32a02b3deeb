import { watchEvents, type Crossing, type OdeEvent } from './events.js';
import type { Interpolant } from './method.js';
import type { Node, OdeProblem } from './problem.js';

/** What a run is asked to look at on its way: times to answer at, and events. */
export interface Observations {
  /** What a function reads off the states at the times that were reached; the state it sees is overwritten by the next. */
  readAnswers<Value>(read: (time: number, state: Float64Array) => Value): Value[];
  readonly crossings: readonly Crossing[];
  /** The terminal event that was met. */
  stop(): Crossing | undefined;
  /** Looks at the start. */
  begin(): void;
  /** Whether there is something to look at in a step that ends at a time. */
  concern(time: number): boolean;
  /**
   * Finds events and answers asked times in a step.
   *
   * @returns its end, earlier where an event ends the run
   * @throws LeaveIntegration `not-finite` where the value of an event is not finite
   */
  within(left: Node, right: Node, interpolant: Interpolant): Node;
}

/** @param times increasing times within the problem's interval */
export function observations(
  { initial, from, until }: OdeProblem,
  times: readonly number[],
  events: readonly OdeEvent[],
): Observations {
  const n = initial.length;
  const start: Node = { time: from, state: initial.slice() };
  // Of their own, since they are read when the run is over.
  const asked = times.slice();
  // A million states as objects would keep the collector of garbage busy for seconds: they lie in one array.
  const answers = new Float64Array(n * asked.length);
  const state = new Float64Array(n);
  const watch = watchEvents(events, start, until - from);
  const crossings: Crossing[] = [];
  let stop: Crossing | undefined;
  let answered = 0;

  /** Whether the next time to answer at has come. */
  const isDue = (time: number): boolean => answered < asked.length && asked[answered]! <= time;

  function answer(interpolant: Interpolant): void {
    interpolant(asked[answered]!, state);
    for (let i = 0; i < n; i++) answers[n * answered + i] = state[i]!;
    answered++;
  }

  function take(found: readonly Crossing[]): void {
    crossings.push(...found);
    stop = found.find(({ terminal }) => terminal);
  }

  const stateOf =
    (node: Node): Interpolant =>
    (_time, out) => {
      out.set(node.state);
    };

  return {
    crossings,
    stop: () => stop,

    begin() {
      if (isDue(from)) answer(stateOf(start));
      take(watch.atStart());
    },

    concern: (time) => events.length > 0 || isDue(time),

    within(left, right, interpolant) {
      take(watch.within(left, right, interpolant));
      const end = stop ?? right;
      const atEnd = stateOf(end);
      while (isDue(end.time)) answer(asked[answered] === end.time ? atEnd : interpolant);
      return end;
    },

    readAnswers(read) {
      const values = new Array<ReturnType<typeof read>>(answered);
      for (let k = 0; k < answered; k++) {
        for (let i = 0; i < n; i++) state[i] = answers[n * k + i]!;
        values[k] = read(asked[k]!, state);
      }
      return values;
    },
  };
}
