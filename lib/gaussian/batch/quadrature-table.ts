import type { ActivationPair } from '../activation.js';
import { batchQuadrature, type BatchQuadrature } from './quadrature.js';
import { anglesOfTable } from './table.js';
import { equallySpaced } from '../../numerics/equally-spaced.js';
import { chebyshevCells } from '../../numerics/chebyshev-cells.js';

// Steeper students are met now and then by searches for fixed points, not by runs that stay.
const LARGEST_GAMMA = 2;
/** Cells of γ, in which g(γv̂) varies little for the v̂ that count. */
const GAMMA_EDGES = equallySpaced(-LARGEST_GAMMA, LARGEST_GAMMA, 9);
const OVERLAP_EDGES = [-1, -0.5, 0, 0.5, 1];
const POINTS = 12;

const tables = new WeakMap<ActivationPair, Map<number, BatchQuadrature['write']>>();

/**
 * The averages of `batchQuadrature` with a table over (γ, φ) that grows as they are asked for; kept, so that a sweep fills
 * it once. Averages of smooth activations are analytic in R, and R is what they are tabulated in; where one has kinks they are
 * smooth in φ on the scales of `anglesOfTable`.
 */
export function batchQuadratureTable(pair: ActivationPair, batchSize: number): BatchQuadrature['write'] {
  const known = tables.get(pair) ?? new Map<number, BatchQuadrature['write']>();
  tables.set(pair, known);
  const table = known.get(batchSize) ?? tabulated(pair, batchSize);
  known.set(batchSize, table);
  return table;
}

function tabulated({ student, teacher }: ActivationPair, batchSize: number): BatchQuadrature['write'] {
  const { write } = batchQuadrature(student, batchSize, teacher);
  const table =
    student.kinks.length > 0 || teacher.kinks.length > 0
      ? chebyshevCells(write, GAMMA_EDGES, anglesOfTable(batchSize), POINTS)
      : tableInOverlap(write);
  return (gamma, phi, out) => {
    if (Math.abs(gamma) >= LARGEST_GAMMA) write(gamma, phi, out);
    else table(gamma, phi, out);
  };
}

function tableInOverlap(write: BatchQuadrature['write']): BatchQuadrature['write'] {
  const cells = chebyshevCells(
    (gamma, overlap, out) => {
      write(gamma, Math.acos(overlap), out);
    },
    GAMMA_EDGES,
    OVERLAP_EDGES,
    POINTS,
  );
  return (gamma, phi, out) => {
    cells(gamma, Math.cos(phi), out);
  };
}
