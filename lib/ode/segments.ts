import type { OdeProblem } from './problem.js';

// Breaks that were found as roots may be off by a few units in the last place.
const BESIDE = 8 * Number.EPSILON;

/** The same right-hand side with its time kept within [low, high]. */
function within(derivative: OdeProblem['derivative'], low: number, high: number): OdeProblem['derivative'] {
  return (time, state, out) => {
    derivative(time > high ? high : time < low ? low : time, state, out);
  };
}

/**
 * The pieces of a problem between its breaks: where one begins or ends at a break, f is evaluated just beside it, so that a jump
 * there is seen from one side alone. A problem without breaks is its own piece.
 */
export function segmentsOf(problem: OdeProblem): readonly OdeProblem[] {
  const { derivative, from, until, breaks = [] } = problem;
  if (breaks.length === 0) return [problem];
  const inner = breaks.filter((time) => time > from && time < until);
  const ends = [from, ...inner, until];
  return ends.slice(1).map((end, index) => {
    const begin = ends[index]!;
    const margin = BESIDE * Math.max(Math.abs(begin), Math.abs(end));
    const low = breaks.includes(begin) ? begin + margin : begin;
    const high = breaks.includes(end) ? end - margin : end;
    return { ...problem, from: begin, until: end, derivative: within(derivative, low, high) };
  });
}

/** The piece in which a step begins that starts at this time. */
export function segmentAt(segments: readonly OdeProblem[], time: number): OdeProblem {
  return segments.findLast(({ from }) => from <= time) ?? segments[0]!;
}
