import { derivativeByMisalignment } from '../gaussian/finite-difference-gradient.js';
import { centralDerivative } from '../numerics/finite-differences.js';
import type { Layout } from './layout.js';
import type { Gradient, Observable, OrderParameterSystem, StateFunction } from './system.js';

// Widest step of the differences, taken to order 8, relative to the number, or for a scale near zero to this size: derivatives of
// powers as high as L⁻⁴ are good to 1e-11 then, and rounding costs as much.
const WIDEST = 0.05;
const SMALLEST_SCALE = 0.2;
// Averages vary with the angle φ of an overlap over distances of order one.
const SCALE_OF_ANGLE = 1;

/**
 * The derivatives of some functions of a state by one of its components. By an overlap they are taken over its angle, R = cos φ, in
 * which averages are smooth: they go with φ³ near R = 1, so that r = 1 − R is no variable to step along.
 *
 * @param write writes the functions to `out`
 */
function derivativeBy(
  { kinds }: Layout,
  index: number,
  write: (state: Float64Array, out: Float64Array) => void,
): (state: ArrayLike<number>, out: Float64Array) => void {
  const moved = new Float64Array(kinds.length);
  const isOverlap = kinds[index] === 'overlap';
  const at = (x: number, out: Float64Array): void => {
    moved[index] = isOverlap ? 2 * Math.sin(x / 2) ** 2 : x;
    write(moved, out);
  };
  return (state, out) => {
    for (let i = 0; i < moved.length; i++) moved[i] = state[i]!;
    const x = state[index]!;
    if (isOverlap) derivativeByMisalignment(at, 2 * Math.asin(Math.sqrt(x / 2)), SCALE_OF_ANGLE, out);
    else
      centralDerivative(
        at,
        x,
        WIDEST * (kinds[index] === 'length' ? x : Math.max(SMALLEST_SCALE, Math.abs(x))),
        out,
      );
  };
}

/**
 * The Jacobian of a rule: its own, or by differences, accurate to 1e-9 of its largest entries where 1 − R is above 1e-2; nearer to
 * R = 1 what rounding leaves, some 1e-15/(1 − R).
 */
export function jacobianOf<Name extends string>({
  jacobian,
  derivative,
  layout,
}: OrderParameterSystem<Name>): StateFunction {
  if (jacobian) return jacobian;
  const n = layout.kinds.length;
  const column = new Float64Array(n);
  let now = 0;
  const columns = layout.kinds.map((_, index) =>
    derivativeBy(layout, index, (state, out) => {
      derivative(now, state, out);
    }),
  );
  return (time, state, out) => {
    now = time;
    columns.forEach((writeColumn, j) => {
      writeColumn(state, column);
      for (let i = 0; i < n; i++) out[n * i + j] = column[i]!;
    });
  };
}

/** The gradient of a quantity by differences, accurate as the Jacobian is. */
export function gradientByDifferences(layout: Layout, value: Observable): Gradient {
  const one = new Float64Array(1);
  let now = 0;
  const parts = layout.kinds.map((_, index) =>
    derivativeBy(layout, index, (state, out) => {
      out[0] = value(now, state);
    }),
  );
  return (time, state, out) => {
    now = time;
    parts.forEach((writePart, i) => {
      writePart(state, one);
      out[i] = one[0]!;
    });
  };
}
