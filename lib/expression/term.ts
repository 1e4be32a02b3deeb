import { affineConstant, IDENTITY, type Affine } from './affine.js';

/** One side of a point, and the register through which `Term.dual` hands back its slope (so that nothing is allocated). */
export interface Side {
  /** 1: the right-hand side; −1: the left-hand side. */
  readonly direction: 1 | -1;
  /** Where to look which way a switch stands; NaN: at the point itself, and beside it only when it stands at zero. */
  probe: number;
  slope: number;
}

/** A piece of an expression as a function of its one variable. */
export interface Term {
  readonly value: (x: number) => number;
  /** The limit of the value towards x from one side; writes the one-sided derivative to `side.slope`. */
  readonly dual: (x: number, side: Side) => number;
  /** The affine function that this term is around x, if it is one. */
  readonly affine: (x: number) => Affine | undefined;
  /** Functions at whose zeros this term, or a term inside it, may have a kink. */
  readonly switches: readonly Term[];
  /** The value of a term without the variable. */
  readonly constant?: number;
}

/** A number. */
export function constantTerm(constant: number, affine = affineConstant(constant)): Term {
  return {
    value: () => constant,
    dual(_x, side) {
      side.slope = 0;
      return constant;
    },
    affine: () => affine,
    switches: [],
    constant,
  };
}

/** The variable itself. */
export const variableTerm: Term = {
  value: (x) => x,
  dual(x, side) {
    side.slope = 1;
    return x;
  },
  affine: () => IDENTITY,
  switches: [],
};

/** The `affine` of a term that is not affine anywhere. */
const nowhereAffine = (): undefined => undefined;

/** An affine combination of two terms; it costs nothing where one of them is never affine. */
export function affinely(
  a: Term,
  b: Term,
  combine: (a: Affine | undefined, b: Affine | undefined) => Affine | undefined,
): Term['affine'] {
  if (a.affine === nowhereAffine || b.affine === nowhereAffine) return nowhereAffine;
  return (x) => combine(a.affine(x), b.affine(x));
}

/** What makes a term new, beside the terms it is made of. */
interface Composition extends Pick<Term, 'value' | 'dual'> {
  affine?: Term['affine'];
  switches?: readonly Term[];
}

/** A term made of others; a plain number when all of them are numbers. */
export function composed(parts: readonly Term[], composition: Composition): Term {
  const { value, dual, affine = nowhereAffine, switches = [] } = composition;
  if (parts.every((part) => part.constant !== undefined)) return constantTerm(value(0), affine(0));
  return {
    value,
    dual,
    affine,
    switches: [...new Set([...parts.flatMap((part) => part.switches), ...switches])],
  };
}

/** How near to zero to look for a sign: far enough that z^20 does not underflow. */
const SIGN_STEP = 2 ** -50;
/** How near to zero to look for a limit: √|z| is small there. */
const LIMIT_STEP = 2 ** -200;

function beside(x: number, side: Side, least: number): number {
  return x + side.direction * Math.max(Math.abs(x) * 2 ** -45, least);
}

/** The sign of a term next to x on one side; 0 where it is 0 all along. `value` and `side.slope` are its dual at x. */
export function signBeside(term: Term, value: number, x: number, side: Side): number {
  if (!Number.isNaN(side.probe)) return Math.sign(term.value(side.probe));
  if (value !== 0) return Math.sign(value);
  if (Math.abs(side.slope) > 0) return Math.sign(side.slope) * side.direction; // neither 0 nor NaN
  return Math.sign(term.value(beside(x, side, SIGN_STEP)));
}

/**
 * The slope of a root of a term that is 0 and has slope 0 at x: 0 where the term stays 0. Elsewhere, as for √(z²),
 * the chain rule gives 0·∞ and the answer is NaN: `limitFrom` then looks beside x.
 */
export function rootSlopeAtFlatZero(term: Term, x: number, side: Side): number {
  return term.value(beside(x, side, LIMIT_STEP)) === 0 ? 0 : NaN;
}

/** The limits of value and derivative towards x from one side: as `dual`, but without a NaN that only the point x has. */
export function limitFrom(term: Term, x: number, side: Side): number {
  const value = term.dual(x, side);
  if (Number.isNaN(value)) side.slope = NaN;
  else if (Number.isNaN(side.slope)) term.dual(beside(x, side, LIMIT_STEP), side);
  return value;
}
