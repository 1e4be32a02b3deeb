import { answerList, type Answers } from './answers.js';
import { watchEvents, type Crossing, type OdeEvent } from './events.js';
import type { Interpolant } from './method.js';
import type { Node, OdeProblem } from './problem.js';

/** What a run is asked to look at on its way: times to answer at, and events. */
export interface Observations {
  readonly answers: Answers;
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
  const start: Node = { time: from, state: initial.slice() };
  const answers = answerList(initial.length);
  const watch = watchEvents(events, start, until - from);
  const crossings: Crossing[] = [];
  let stop: Crossing | undefined;
  let nextTime = 0;

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
    answers,
    crossings,
    stop: () => stop,

    begin() {
      if (times[0] === from) answers.add(times[nextTime++]!, stateOf(start));
      take(watch.atStart());
    },

    concern: (time) => events.length > 0 || (nextTime < times.length && times[nextTime]! <= time),

    within(left, right, interpolant) {
      take(watch.within(left, right, interpolant));
      const end = stop ?? right;
      const atEnd = stateOf(end);
      while (nextTime < times.length && times[nextTime]! <= end.time) {
        const time = times[nextTime++]!;
        answers.add(time, time === end.time ? atEnd : interpolant);
      }
      return end;
    },
  };
}
