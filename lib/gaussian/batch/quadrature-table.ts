import type { Activation } from '../activation.js';
import { batchQuadrature, type BatchQuadrature } from './quadrature.js';
import type { BatchStatistics } from './statistics.js';
import { anglesOfTable } from './table.js';
import { chebyshevCells, type CellAxis } from '../../numerics/chebyshev-cells.js';

const GAMMA_WIDTH = 0.5;
// Steeper students are met now and then by searches for fixed points, not by runs that stay.
const LARGEST_GAMMA = 2;
const OVERLAP_EDGES = [-1, -0.5, 0, 0.5, 1];

/** Cells of γ, in which g(γv̂) varies little for the v̂ that count. */
const gammaAxis: CellAxis = {
  cell(gamma) {
    const index = Math.floor(gamma / GAMMA_WIDTH);
    return [index * GAMMA_WIDTH, (index + 1) * GAMMA_WIDTH];
  },
  points: 12,
};

function axisBetween(edges: readonly number[], points: number): CellAxis {
  return {
    cell(value) {
      let k = 1;
      while (k < edges.length - 1 && value > edges[k]!) k++;
      return [edges[k - 1]!, edges[k]!];
    },
    points,
  };
}

const tables = new WeakMap<Activation, Map<string, BatchQuadrature['write']>>();

/**
 * The averages of `batchQuadrature` with a table over (γ, φ) that grows as they are asked for; kept, so that a sweep fills
 * it once. Averages of a smooth activation are analytic in R, and R is what they are tabulated in; where g has kinks they are
 * smooth in φ on the scales of `anglesOfTable`.
 */
export function batchQuadratureTable(
  activation: Activation,
  batchSize: number,
  statistics: BatchStatistics = 'both',
): BatchQuadrature['write'] {
  const key = `${statistics} ${batchSize}`;
  const known = tables.get(activation) ?? new Map<string, BatchQuadrature['write']>();
  tables.set(activation, known);
  const table = known.get(key) ?? tabulated(activation, batchSize, statistics);
  known.set(key, table);
  return table;
}

function tabulated(
  activation: Activation,
  batchSize: number,
  statistics: BatchStatistics,
): BatchQuadrature['write'] {
  const { write } = batchQuadrature(activation, batchSize, statistics);
  const table = activation.kinks.length > 0 ? tableInAngle(write, batchSize) : tableInOverlap(write);
  return (gamma, phi, out) => {
    if (Math.abs(gamma) >= LARGEST_GAMMA) write(gamma, phi, out);
    else table(gamma, phi, out);
  };
}

function tableInAngle(write: BatchQuadrature['write'], batchSize: number): BatchQuadrature['write'] {
  return chebyshevCells(write, gammaAxis, axisBetween(anglesOfTable(batchSize), 12));
}

function tableInOverlap(write: BatchQuadrature['write']): BatchQuadrature['write'] {
  const cells = chebyshevCells(
    (gamma, overlap, out) => {
      write(gamma, Math.acos(overlap), out);
    },
    gammaAxis,
    axisBetween(OVERLAP_EDGES, 12),
  );
  return (gamma, phi, out) => {
    cells(gamma, Math.cos(phi), out);
  };
}
