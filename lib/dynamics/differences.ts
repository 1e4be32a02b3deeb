import { angleOfMisalignment } from '../gaussian/angle.js';
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
 * Writes the derivatives of some functions of a state by its components to a matrix, row by row. By an overlap they are taken over its
 * angle, R = cos φ, in which averages are smooth: they go with φ³ near R = 1, so that r = 1 − R is no variable to step along.
 *
 * @param count how many functions `write` writes
 */
function derivativesOf({ kinds }: Layout, count: number, write: StateFunction): StateFunction {
  const n = kinds.length;
  const moved = new Float64Array(n);
  const column = new Float64Array(count);
  let now = 0;
  const columns = kinds.map((kind, j) => {
    const at = (x: number, to: Float64Array): void => {
      moved[j] = kind === 'overlap' ? 2 * Math.sin(x / 2) ** 2 : x;
      write(now, moved, to);
    };
    return (x: number): void => {
      if (kind === 'overlap') derivativeByMisalignment(at, angleOfMisalignment(x), SCALE_OF_ANGLE, column);
      else {
        const size = kind === 'length' ? x : Math.max(SMALLEST_SCALE, Math.abs(x));
        centralDerivative(at, x, WIDEST * size, column);
      }
    };
  });
  return (time, state, out) => {
    now = time;
    for (let i = 0; i < n; i++) moved[i] = state[i]!;
    columns.forEach((writeColumn, j) => {
      writeColumn(state[j]!);
      moved[j] = state[j]!;
      for (let i = 0; i < count; i++) out[n * i + j] = column[i]!;
    });
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
  return jacobian ?? derivativesOf(layout, layout.kinds.length, derivative);
}

/** The gradient of a quantity by differences, accurate as the Jacobian is. */
export function gradientByDifferences(layout: Layout, value: Observable): Gradient {
  return derivativesOf(layout, 1, (time, state, out) => {
    out[0] = value(time, state);
  });
}
