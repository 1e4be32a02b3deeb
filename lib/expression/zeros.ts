import { bracketedRoot } from '../numerics/root-finding.js';
import { affineRoot } from './affine.js';
import { limitFrom, type Side, type Term } from './term.js';

/** The number of steps on each side of zero, of the even points and of those that crowd there. */
const STEPS = 2048;
/** How far from zero the points crowd: their distance is proportional to √(x² + CROWD²). */
const CROWD = 1e-3;
/** An extremum this small, beside the values around it, touches zero. */
const TOUCH = 1e-13;

/** A zero of a function. */
export interface Zero {
  readonly x: number;
  /** Found by exact arithmetic. */
  readonly exact: boolean;
}

/** Increasing points over a little more than [−range, range], zero among them: even ones and sinh of even ones. */
export function searchPoints(range: number): Float64Array {
  const end = range * 1.001;
  const fractions = Float64Array.from({ length: 2 * STEPS + 1 }, (_, i) => (i - STEPS) / STEPS);
  const even = fractions.map((s) => s * end);
  const crowded = fractions.map((s) => CROWD * Math.sinh(s * Math.asinh(end / CROWD)));
  return Float64Array.from(new Set([...even, ...crowded])).sort();
}

/** The points, and those just beside the given zeros. */
export function withNeighbours(points: Float64Array, found: readonly Zero[]): Float64Array {
  if (found.length === 0) return points;
  const neighbours = found.flatMap(({ x }) => {
    const distance = 1e-7 * Math.max(1e-6, Math.abs(x));
    return [x - distance, x + distance];
  });
  return Float64Array.from(new Set([...points, ...neighbours])).sort();
}

/**
 * The zeros of a function over the given points, where it changes sign and where it touches zero. One is missed where
 * the function turns twice between neighbouring points.
 */
export function zeros(term: Term, points: Float64Array): Zero[] {
  const always = term.switches.length === 0 ? term.affine(0) : undefined;
  if (always) {
    const x = affineRoot(always);
    return x === undefined ? [] : [{ x, exact: true }];
  }
  const values = points.map((x) => term.value(x));
  const found: number[] = [];
  for (let i = 1; i + 1 < points.length; i++) {
    const [x0, x1, x2] = [points[i - 1]!, points[i]!, points[i + 1]!];
    const [v0, v1, v2] = [values[i - 1]!, values[i]!, values[i + 1]!];
    if (opposite(v0, v1)) found.push(root(term.value, x0, x1));
    else if (v1 === 0 && v0 !== 0 && v2 !== 0) found.push(x1);
    else if (isDip(v0, v1, v2)) found.push(...zerosOfDip(term, x0, x2, v0, v2));
  }
  return found.map((x) => exactly(term, x));
}

function opposite(a: number, b: number): boolean {
  return (a < 0 && b > 0) || (a > 0 && b < 0);
}

/** Three values of one sign, the middle one nearest to zero. */
function isDip(v0: number, v1: number, v2: number): boolean {
  if (v0 < 0) return isDip(-v0, -v1, -v2);
  return v1 > 0 && v1 <= v0 && v1 <= v2 && (v1 < v0 || v1 < v2);
}

/** The zeros between two points where the function has one sign and heads for zero from both sides. */
function zerosOfDip(term: Term, x0: number, x2: number, v0: number, v2: number): number[] {
  const side: Side = { direction: 1, probe: NaN, slope: NaN };
  const slope = (x: number): number => (limitFrom(term, x, side), side.slope);
  if (!opposite(slope(x0), v0) || !opposite(slope(x0), slope(x2))) return [];
  const bottom = root(slope, x0, x2);
  const depth = term.value(bottom);
  if (opposite(depth, v0)) return [root(term.value, x0, bottom), root(term.value, bottom, x2)];
  return Math.abs(depth) <= TOUCH * Math.max(Math.abs(v0), Math.abs(v2)) ? [bottom] : [];
}

/** A root between two points with opposite signs. A pole counts as a change of sign, the edge of a domain as a root. */
function root(f: (x: number) => number, lo: number, hi: number): number {
  const bounded = (x: number): number => {
    const value = f(x);
    return Number.isNaN(value) ? 0 : Math.max(-Number.MAX_VALUE, Math.min(value, Number.MAX_VALUE));
  };
  const x = bracketedRoot(bounded, lo, hi);
  return Math.abs(x) < 1e-300 ? 0 : x; // where f jumps at 0 the search may end beside it; and no −0
}

/** The zero at x; exact where the function is affine around x. */
function exactly(term: Term, x: number): Zero {
  const form = term.affine(x);
  const exact = form && affineRoot(form);
  const isSame = exact !== undefined && Math.abs(exact - x) <= 1e-9 * Math.max(1, Math.abs(x));
  return isSame ? { x: exact, exact: true } : { x, exact: false };
}
