import { limitFrom, type Side, type Term } from './term.js';
import { searchPoints, withNeighbours, zeros, type Zero } from './zeros.js';

/** Zeros nearer than this times max(1, |x|) are one place that rounding has split. */
const SAME_PLACE = 1e-12;
/** A jump counts when it is more than this of the size of the value, or of the derivative, around it. */
const JUMP = 1e-9;
/** Rounding of the value, as a share of it; in a derivative, as of sin(z)/z, it shows divided by z. */
const NOISE = 1e-15;
/** The same where a side has no value at the point itself and is looked at a little way off. */
const ROUGH_JUMP = 1e-3;

/**
 * The points of [−range, range] where a term or its derivative jumps, or its derivative is infinite, increasing.
 *
 * Candidates are the zeros of all functions that decide a switch. Between two neighbouring candidates no switch
 * moves; so the limits from both sides of a candidate are computed with all switches as they stand beside it, at
 * most half-way to the next candidate, and it is a kink when these limits differ.
 */
export function kinksOf(term: Term, range: number): number[] {
  const points = searchPoints(range);
  const found = new Map<Term, readonly Zero[]>();
  for (const lead of term.switches) {
    // Those inside `lead` come first, and just beside their zeros `lead` may change in a way that the points pass over.
    const inner = lead.switches.flatMap((part) => found.get(part) ?? []);
    found.set(lead, zeros(lead, withNeighbours(points, inner)));
  }
  const places = merged([...found.values()].flat());
  return places.filter((x, i) => {
    const reach = 1e-6 * Math.max(1, Math.abs(x));
    const left = Math.min(reach, (x - (places[i - 1] ?? -Infinity)) / 2);
    const right = Math.min(reach, ((places[i + 1] ?? Infinity) - x) / 2);
    return Math.abs(x) <= range && isKink(term, x, x - left, x + right);
  });
}

/** The places of the zeros, increasing; of those that rounding has split the one that is exact, or nearest to 0. */
function merged(found: readonly Zero[]): number[] {
  const sorted = [...found].sort((a, b) => a.x - b.x);
  const kept: Zero[] = [];
  let previous = -Infinity;
  for (const zero of sorted) {
    const last = kept.at(-1);
    if (!last || zero.x - previous > SAME_PLACE * Math.max(1, Math.abs(zero.x))) kept.push(zero);
    else if (zero.exact !== last.exact ? zero.exact : Math.abs(zero.x) < Math.abs(last.x)) {
      kept[kept.length - 1] = zero;
    }
    previous = zero.x;
  }
  return kept.map((zero) => zero.x);
}

/** Value and slope of a term at a point, or towards it from one side. */
interface Limit {
  readonly value: number;
  readonly slope: number;
  /** Looked at beside the point, because there is no value at the point. */
  readonly rough: boolean;
}

/** The limit towards x from the side of the probe, all switches as they stand at the probe. */
function limitTowards(term: Term, x: number, probe: number): Limit {
  const side: Side = { direction: probe < x ? -1 : 1, probe, slope: NaN };
  const value = limitFrom(term, x, side);
  if (!Number.isNaN(value)) return { value, slope: side.slope, rough: false };
  return { value: limitFrom(term, probe, side), slope: side.slope, rough: true };
}

function isKink(term: Term, x: number, before: number, after: number): boolean {
  const left = limitTowards(term, x, before);
  const right = limitTowards(term, x, after);
  if (Number.isNaN(left.value) || Number.isNaN(right.value)) return false; // the edge of the domain
  if (!Number.isFinite(left.slope) || !Number.isFinite(right.slope)) return true;

  const width = 0.01 * Math.max(1, Math.abs(x));
  const around = [x - width, x + width].map((y) => limitTowards(term, y, y));
  const size = (read: (limit: Limit) => number): number =>
    Math.max(...[left, right, ...around].map((limit) => Math.abs(read(limit))).filter(Number.isFinite));
  const share = left.rough || right.rough ? ROUGH_JUMP : JUMP;
  const valueSize = size((limit) => limit.value);
  const slopeSize = size((limit) => limit.slope);
  const noise = (NOISE * valueSize) / (x === 0 ? 1 : Math.min(1, Math.abs(x)));
  return (
    differ(left.value, right.value, share * valueSize) ||
    differ(left.slope, right.slope, share * slopeSize + noise)
  );
}

/** Also for infinite numbers. */
function differ(a: number, b: number, tolerance: number): boolean {
  return a !== b && !(Math.abs(a - b) <= tolerance);
}
