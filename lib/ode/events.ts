import { oneOf, requireBoolean, requireFunction, requireString } from '../foundation/checks.js';
import { optional, shape } from '../foundation/options.js';
import { bracketedRoot } from '../numerics/root-finding.js';
import { LeaveIntegration } from './guard.js';
import type { Interpolant } from './method.js';
import type { Node } from './problem.js';

/** A function of time and state whose zero crossings are to be found. */
export interface OdeEvent {
  /** How crossings and messages call it. */
  readonly name: string;
  /** The function whose zeros are crossings: a number in any unit, finite along the run. */
  value(time: number, state: ArrayLike<number>): number;
  /** Which crossings count; default either. */
  readonly direction?: 'rising' | 'falling' | 'either';
  /** Whether the crossing ends the run; default true. */
  readonly terminal?: boolean;
  /**
   * Whether it is a condition, which may hold from the start: then a start beyond zero, or on zero and leaving it, in the direction
   * that counts is a crossing at the start. Default false: a start is no crossing.
   */
  readonly condition?: boolean;
}

/** Which crossings count. */
export const requireDirection = oneOf(['rising', 'falling', 'either']);

/** An event, its value a function. */
export const requireEvent = shape<OdeEvent>({
  name: requireString,
  value: requireFunction,
  direction: optional(requireDirection),
  terminal: optional(requireBoolean),
  condition: optional(requireBoolean),
});

/** A crossing that was found. */
export interface Crossing extends Node {
  /** Name of the event that was met. */
  readonly name: string;
  /** Whether the crossing ends the run. */
  readonly terminal: boolean;
}

// Crossings at least a tenth of a step or a 200th of the run apart lie in different looks, whichever is less.
const LOOKS_PER_STEP = 12;
const LOOKS_PER_RUN = 210;

function crosses(before: number, after: number, direction: OdeEvent['direction']): boolean {
  const rises = before < 0 && after >= 0 && direction !== 'falling';
  return rises || (before > 0 && after <= 0 && direction !== 'rising');
}

/** Whether a condition holds where its function has this value. */
function holds(value: number, direction: OdeEvent['direction']): boolean {
  if (direction === 'rising') return value > 0;
  return direction === 'falling' ? value < 0 : value !== 0;
}

/** Watches the events of one run, step by step. */
export interface EventWatch {
  /** Conditions that hold at the start, up to and including the first terminal one. */
  atStart(): Crossing[];
  /**
   * All crossings in a step, in order of time, up to and including the first terminal one.
   *
   * @throws LeaveIntegration `not-finite` where the value of an event is not finite
   */
  within(left: Node, right: Node, interpolant: Interpolant): Crossing[];
}

/** Finds the crossings of one event in one step after the other, as `within` does of all. */
function watchEvent(event: OdeEvent, start: Node, span: number): EventWatch['within'] {
  const { name, direction, terminal = true } = event;
  const state = start.state.slice();
  // Its value where the last step ended; that at the start is taken when the first step is.
  let before: number | undefined;

  function valueOf(time: number, at: ArrayLike<number>): number {
    const value = event.value(time, at);
    if (!Number.isFinite(value)) throw new LeaveIntegration('not-finite');
    return value;
  }

  return (left, right, interpolant) => {
    const found: Crossing[] = [];
    // A condition that starts on zero counts what leaves it.
    const mayLeave = before === undefined && event.condition === true;
    const first = before ?? valueOf(left.time, left.state);
    const last = valueOf(right.time, right.state);
    before = last;
    const valueAt = (time: number): number => {
      if (time === right.time) return last;
      if (time === left.time) return first;
      interpolant(time, state);
      return valueOf(time, state);
    };
    const length = right.time - left.time;
    const looks = Math.max(LOOKS_PER_STEP, Math.ceil((LOOKS_PER_RUN * length) / span));
    let from = left.time;
    let value = first;
    for (let look = 1; look <= looks; look++) {
      const to = look === looks ? right.time : left.time + (length * look) / looks;
      const next = valueAt(to);
      const leaves = mayLeave && look === 1 && value === 0;
      if (leaves ? holds(next, direction) : crosses(value, next, direction)) {
        const time = leaves ? left.time : bracketedRoot(valueAt, from, to);
        if (time === right.time) state.set(right.state);
        else if (time === left.time) state.set(left.state);
        else interpolant(time, state);
        found.push({ name, terminal, time, state: state.slice() });
      }
      from = to;
      value = next;
    }
    return found;
  };
}

/** @param span length of the run, which sets how near two crossings may be to each other */
export function watchEvents(events: readonly OdeEvent[], start: Node, span: number): EventWatch {
  const watches = events.map((event) => watchEvent(event, start, span));
  return {
    atStart() {
      const { time, state } = start;
      return events
        .filter((event) => event.condition && holds(event.value(time, state), event.direction))
        .map(({ name, terminal = true }) => ({ name, terminal, time, state: state.slice() }));
    },

    within(left, right, interpolant) {
      const found = watches.flatMap((crossingsIn) => crossingsIn(left, right, interpolant));
      found.sort((a, b) => a.time - b.time);
      const terminal = found.findIndex((crossing) => crossing.terminal);
      return terminal < 0 ? found : found.slice(0, terminal + 1);
    },
  };
}
