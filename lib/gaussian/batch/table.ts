import type { Slopes } from '../activation.js';
import { equalRatios } from '../../numerics/equally-spaced.js';
import { batchAverages, type BatchAverages } from './averages.js';
import { interpolated } from '../../numerics/finite-differences.js';
import { piecewiseChebyshev, type VectorFunction } from '../../numerics/piecewise-chebyshev.js';

/** Exact batch averages with a table for quick evaluation. */
export interface BatchTable {
  readonly exact: BatchAverages;
  /** Writes A₀, B̂, C₀, C₁ at φ to out[0…3], to 1e-9 of the largest value of each. */
  readonly evaluate: VectorFunction;
  /** Writes their derivatives by r = 1 − cos φ to out[0…3], one-sided at r = 0; for φ < π. */
  readonly evaluateByMisalignment: VectorFunction;
}

const TERMS = 18;

/**
 * Intervals on which the averages are equally smooth. Their nearest singularities lie where sin²φ = −1/(M − 1), so that
 * they vary on the scale 1/√M near φ = 0 and φ = π: intervals that grow threefold away from there.
 */
export function anglesOfTable(batchSize: number): number[] {
  const near = equalRatios(1.5 / Math.sqrt(batchSize), 3, Math.PI / 3);
  return [0, ...near, ...near.map((edge) => Math.PI - edge).reverse(), Math.PI];
}

/**
 * d/dr = (d/dφ)/sin φ from the series, but near φ = 0, where the quotient loses the digits of the table, interpolated
 * between its exact value at φ = 0 and the series.
 */
function byMisalignment(exact: BatchAverages, derivative: VectorFunction): VectorFunction {
  const scale = 1 / Math.sqrt(exact.batchSize);
  const nodes = [0, 0.2, 0.24, 0.3, 0.4, 0.52, 0.64, 0.74, 0.8].map((part) => part * scale);
  let values: Float64Array[] | undefined;
  const quotient: VectorFunction = (phi, out) => {
    derivative(phi, out);
    for (let i = 0; i < 4; i++) out[i] = out[i]! / Math.sin(phi);
  };
  return (phi, out) => {
    if (phi >= nodes[1]!) {
      quotient(phi, out);
      return;
    }
    values ??= nodes.map((node) => {
      const value = new Float64Array(4);
      if (node === 0) exact.writeAlignedSlope(value);
      else quotient(node, value);
      return value;
    });
    for (let i = 0; i < 4; i++) out[i] = interpolated(nodes, values, i, phi)[0];
  };
}

const tables = new Map<string, BatchTable>();

/** The table for slopes a, b and batch size M; built at the first call and kept, so that a sweep builds it once. */
export function batchTable(a: number, b: number, batchSize: number, teacher: Slopes = [a, b]): BatchTable {
  const key = [a, b, ...teacher, batchSize].join(' ');
  const known = tables.get(key);
  if (known) return known;
  const exact = batchAverages(a, b, batchSize, teacher);
  const { value, derivative } = piecewiseChebyshev(exact.write, anglesOfTable(batchSize), TERMS);
  const table = { exact, evaluate: value, evaluateByMisalignment: byMisalignment(exact, derivative) };
  tables.set(key, table);
  return table;
}
