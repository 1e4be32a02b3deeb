import { listOf, rangeError, requireFinite, requireFunction, typeError } from '../foundation/checks.js';

/**
 * Averages over the fields of teacher and student that the order-parameter equations need.
 *
 * u and v are standard normal with correlation R = cos φ, the student's pre-activation is γv, and
 * δ = (g*(u) − g(γv)) g′(γv) is the error signal without label noise; the averages of an activation itself are those of a
 * teacher g* = g. Label noise of variance S adds S·E[g′(γv)²] to
 * E[δ²] and nothing else. All four averages are pure numbers. Arrays are written in place so that a right-hand side
 * allocates nothing.
 */
export interface FieldAverages {
  /**
   * Writes E[δv], E[δ(u − Rv)], E[δ²], E[g′(γv)²] to out[0…3]. Domain: any finite γ, 0 ≤ φ ≤ π.
   *
   * @param sine sin φ, where the caller has it
   * @param cosine cos φ, where the caller has it
   */
  write(gamma: number, phi: number, out: Float64Array, sine?: number, cosine?: number): void;
  /**
   * Writes the derivatives of those four: ∂/∂γ to out[0…3], ∂/∂r with r = 1 − R to out[4…7] (one-sided at r = 0).
   */
  writeGradient(gamma: number, phi: number, out: Float64Array): void;
  /** ε = E[(g*(u) − g(γv))²], without label noise and without ½. */
  generalizationError(gamma: number, phi: number): number;
}

/** What quadrature needs to know of an activation. */
export interface ActivationFunction {
  /** g(z). */
  readonly value: (z: number) => number;
  /** g′(z); at a kink the right-hand derivative. */
  readonly derivative: (z: number) => number;
  /** Points where g′ jumps, increasing. */
  readonly kinks: readonly number[];
}

/** Slopes for z > 0 and for z < 0. */
export type Slopes = readonly [right: number, left: number];

/** A function of one field, its two slopes told where it has no more. */
export interface FieldFunction extends ActivationFunction {
  /** Slopes [a, b] for z > 0 and z < 0 of a unit that is linear on each side of zero. */
  readonly slopes?: Slopes;
}

/** An activation g with the averages of a student that has it and a teacher that has it too. */
export interface Activation extends FieldFunction {
  /** How results and figures name it. */
  readonly name: string;
  /** Averages over the two fields, in closed form where there is one. */
  readonly averages: FieldAverages;
}

/** A student's activation beside the function that its teacher makes labels with. */
export interface ActivationPair {
  /** g. */
  readonly student: Activation;
  /** g*(Tu) as a function of u, T the teacher's length; the student's activation itself where the two are the same function. */
  readonly teacher: FieldFunction;
  /** Averages over the two fields, in closed form where there is one. */
  readonly averages: FieldAverages;
}

const requireNumbers = listOf(requireFinite);

/** An activation: complete, and with numbers for values. */
export function requireActivation(name: string, value: unknown): Activation {
  const unit = value as Partial<Activation> | null | undefined;
  if (typeof unit !== 'object' || typeof unit?.name !== 'string')
    throw typeError(name, 'an Activation such as identity, relu or erf', value);
  const averages = unit.averages as Partial<Record<string, unknown>> | null | undefined;
  for (const average of ['write', 'writeGradient', 'generalizationError'])
    requireFunction(`${name}.averages.${average}`, averages?.[average]);
  requireNumbers(`${name}.kinks`, unit.kinks);
  if (unit.slopes !== undefined && requireNumbers(`${name}.slopes`, unit.slopes).length !== 2)
    throw rangeError(`${name}.slopes`, 'two numbers', unit.slopes);
  for (const part of ['value', 'derivative'] as const) {
    const f = requireFunction(`${name}.${part}`, unit[part]) as (z: number) => unknown;
    requireFinite(`${name}.${part}(1)`, f(1));
  }
  return value as Activation;
}

/** Whether g(z) = z. */
export function isIdentity({ slopes }: Activation): boolean {
  return slopes?.[0] === 1 && slopes[1] === 1;
}

/** Whether two activations are one function, as far as that is known: the same object, or the same two slopes. */
export function areAlike(x: Activation, y: Activation): boolean {
  if (x === y) return true;
  if (x.slopes === undefined || y.slopes === undefined) return false;
  return x.slopes[0] === y.slopes[0] && x.slopes[1] === y.slopes[1];
}
