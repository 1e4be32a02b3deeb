import { bracketedRoot } from '../foundation/root-finding.js';
import type { Interpolant } from './method.js';
import type { Node } from './problem.js';

/** A function of time and state whose zero crossings are to be found. */
export interface OdeEvent {
  readonly name: string;
  /** The function whose zeros are crossings: a number in any unit, finite along the run. */
  value(time: number, state: ArrayLike<number>): number;
  /** Which crossings count; default either. */
  readonly direction?: 'rising' | 'falling' | 'either';
  /** Whether the crossing ends the run; default true. */
  readonly terminal?: boolean;
}

/** A crossing that was found. */
export interface Crossing extends Node {
  readonly name: string;
  readonly terminal: boolean;
}

// Each step is looked at in this many places; a value that crosses zero and back between two of them goes unseen.
const LOOKS_PER_PIECE = 8;

function crosses(before: number, after: number, direction: OdeEvent['direction']): boolean {
  const rising = before < 0 && after >= 0;
  const falling = before > 0 && after <= 0;
  if (direction === 'rising') return rising;
  return direction === 'falling' ? falling : rising || falling;
}

/** First crossing of one event inside (from, to], located to machine precision on the interpolant. */
function firstCrossing(
  event: OdeEvent,
  from: number,
  to: number,
  interpolant: Interpolant,
  state: Float64Array,
): number | undefined {
  const valueAt = (time: number): number => {
    interpolant(time, state);
    return event.value(time, state);
  };
  let left = from;
  let before = valueAt(from);
  for (let look = 1; look <= LOOKS_PER_PIECE; look++) {
    const right = look === LOOKS_PER_PIECE ? to : from + ((to - from) * look) / LOOKS_PER_PIECE;
    const after = valueAt(right);
    if (crosses(before, after, event.direction)) return bracketedRoot(valueAt, left, right);
    left = right;
    before = after;
  }
  return undefined;
}

/** Crossings of all events inside (from, to], in order of time, up to and including the first terminal one. */
export function crossingsWithin(
  events: readonly OdeEvent[],
  from: number,
  to: number,
  interpolant: Interpolant,
  dimension: number,
): Crossing[] {
  const found: Crossing[] = [];
  const state = new Float64Array(dimension);
  for (const event of events) {
    const time = firstCrossing(event, from, to, interpolant, state);
    if (time === undefined) continue;
    interpolant(time, state);
    found.push({ name: event.name, terminal: event.terminal ?? true, time, state: state.slice() });
  }
  found.sort((a, b) => a.time - b.time);
  const terminal = found.findIndex((crossing) => crossing.terminal);
  return terminal < 0 ? found : found.slice(0, terminal + 1);
}
