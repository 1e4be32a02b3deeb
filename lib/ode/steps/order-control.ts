/** Substeps of the columns of the extrapolation table, after Bader & Deuflhard: ratios and parity keep the rule stable. */
export const SUBSTEPS = [2, 6, 10, 14, 22, 34, 50] as const;

// Constants of Hairer, Nørsett & Wanner I, section II.9, as in their codes ODEX and SODEX.
const LARGEST_CHANGE = 4;
const LEAST_CHANGE = 0.1;
const ERROR_SAFETY = 0.6;
const SIZE_SAFETY = 0.93;
const WORTH_LOWERING = 0.7;
const WORTH_RAISING = 0.9;
const FIRST_TARGET = 1;
const LAST_TARGET = SUBSTEPS.length - 2;

/** What to do after a column of the table. */
export type ColumnVerdict = 'go-on' | 'accept' | 'reject';

/**
 * Chooses the number of columns and the size of the steps of an extrapolation method: least work per unit of time, each
 * column's step size being that which would just meet the tolerance. Columns count from 0.
 */
export interface OrderControl {
  /** Judges a column by its error over the tolerance; must be told of every column from 1 on. */
  judge(column: number, error: number, h: number): ColumnVerdict;
  /** The next step size after an accepted step that ended with this column. */
  next(column: number, h: number): number;
  /** The size to try again with after a step that was rejected at this column. */
  retry(column: number, h: number): number;
}

/**
 * @param relativeTolerance from which the first number of columns is guessed
 * @param overhead work per step besides the substeps, in evaluations
 */
export function orderControl(relativeTolerance: number, overhead: number): OrderControl {
  const sizes = new Float64Array(SUBSTEPS.length);
  const work = new Float64Array(SUBSTEPS.length); // per unit of time
  // A substep is an evaluation and a linear solve; a column a factorization.
  let total = overhead;
  const costs = SUBSTEPS.map((substeps) => (total += 2 * substeps + 1));
  const guess = Math.floor(-0.3 * Math.log10(relativeTolerance) + 0.5);
  let target = Math.min(LAST_TARGET, Math.max(FIRST_TARGET, guess));
  let afterRejection = false;

  /** The number of columns that the last accepted step recommends. */
  function best(column: number): number {
    if (column === 1) return afterRejection ? 1 : 2;
    const lower = work[column - 1]! < work[column]! * WORTH_LOWERING;
    if (column <= target) {
      const higher = work[column]! < work[column - 1]! * WORTH_RAISING;
      return higher ? Math.min(column + 1, LAST_TARGET) : lower ? column - 1 : column;
    }
    const below =
      column > 2 && work[column - 2]! < work[column - 1]! * WORTH_LOWERING ? column - 2 : column - 1;
    return work[column]! < work[below]! * WORTH_RAISING ? Math.min(column, LAST_TARGET) : below;
  }

  return {
    judge(column, error, h) {
      const exponent = 1 / (2 * column + 1);
      const least = LEAST_CHANGE ** exponent;
      const factor = (error / ERROR_SAFETY) ** exponent / SIZE_SAFETY;
      sizes[column] = h / Math.min(LARGEST_CHANGE / least, Math.max(least, factor));
      work[column] = costs[column]! / sizes[column];
      if (column < target - 1) return 'go-on';
      if (error <= 1) return 'accept';
      if (column > target) return 'reject';
      // Whether the columns left can bring the error down this far.
      let reach = SUBSTEPS[target + 1]! / SUBSTEPS[0];
      if (column < target) reach *= SUBSTEPS[target]! / SUBSTEPS[0];
      return error > reach * reach ? 'reject' : 'go-on';
    },

    next(column, h) {
      const optimal = best(column);
      if (afterRejection) {
        target = Math.min(optimal, column);
        afterRejection = false;
        return Math.min(h, sizes[target]!);
      }
      const rising = column < target && work[column]! < work[column - 1]! * WORTH_RAISING;
      target = optimal;
      if (optimal <= column) return sizes[optimal]!;
      return (sizes[column]! * costs[rising ? optimal + 1 : optimal]!) / costs[column]!;
    },

    retry(column, h) {
      afterRejection = true;
      if (column === 0) return h / 2;
      target = Math.min(target, column, LAST_TARGET);
      if (target > FIRST_TARGET && work[target - 1]! < work[target]! * WORTH_LOWERING) target--;
      return sizes[target]!;
    },
  };
}
