import { difference } from './arithmetic.js';
import { composed, signBeside, type Side, type Term } from './term.js';

/** What stands before the question mark of `z > 0 ? z : 0`. */
export interface Condition {
  /** 1 or 0; NaN when something it depends on is NaN. */
  holds(x: number): number;
  /** The same next to x on one side. */
  holdsBeside(x: number, side: Side): number;
  /** The differences whose signs decide. */
  readonly leads: readonly Term[];
}

/** The comparisons, by the names mathjs gives them, as what they say of the sign of left − right. */
const comparisons: ReadonlyMap<string, (sign: number) => boolean> = new Map([
  ['larger', (sign) => sign > 0],
  ['largerEq', (sign) => sign >= 0],
  ['smaller', (sign) => sign < 0],
  ['smallerEq', (sign) => sign <= 0],
]);

/** Whether mathjs gives this name to a comparison that a condition may hold. */
export function isComparison(name: string): boolean {
  return comparisons.has(name);
}

/** a > b and its like; undefined for a name that is no comparison. */
export function comparison(name: string, a: Term, b: Term): Condition | undefined {
  const test = comparisons.get(name);
  if (!test) return undefined;
  const lead = difference(a, b);
  const verdict = (sign: number): number => (Number.isNaN(sign) ? NaN : test(sign) ? 1 : 0);
  return {
    holds: (x) => verdict(order(a.value(x), b.value(x))),
    holdsBeside: (x, side) => verdict(signBeside(lead, lead.dual(x, side), x, side)),
    leads: [lead],
  };
}

/** The sign of a − b, also for two infinities. */
function order(a: number, b: number): number {
  return a > b ? 1 : a < b ? -1 : a === b ? 0 : NaN;
}

/** Both; the second is not looked at where the first fails. */
export function both(a: Condition, b: Condition): Condition {
  return {
    holds: (x) => a.holds(x) && b.holds(x),
    holdsBeside: (x, side) => a.holdsBeside(x, side) && b.holdsBeside(x, side),
    leads: [...a.leads, ...b.leads],
  };
}

/** At least one; the second is not looked at where the first holds. */
export function either(a: Condition, b: Condition): Condition {
  return {
    holds(x) {
      const first = a.holds(x);
      return first === 0 ? b.holds(x) : first;
    },
    holdsBeside(x, side) {
      const first = a.holdsBeside(x, side);
      return first === 0 ? b.holdsBeside(x, side) : first;
    },
    leads: [...a.leads, ...b.leads],
  };
}

/** condition ? yes : no; NaN where the condition is. */
export function conditional(condition: Condition, yes: Term, no: Term): Term {
  return composed([yes, no, ...condition.leads], {
    value(x) {
      const verdict = condition.holds(x);
      return verdict === 1 ? yes.value(x) : verdict === 0 ? no.value(x) : NaN;
    },
    dual(x, side) {
      const verdict = condition.holdsBeside(x, side);
      return verdict === 1 ? yes.dual(x, side) : verdict === 0 ? no.dual(x, side) : NaN;
    },
    affine: (x) => (condition.holds(x) === 1 ? yes : no).affine(x),
    switches: condition.leads,
  });
}
