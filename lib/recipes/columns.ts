import type { Row } from '../config/result.js';
import { parseExpression } from '../expression/parse-expression.js';
import { argumentError } from '../foundation/checks.js';
import type { DataColumns, WordColumns } from './data-columns.js';
import type { ColumnRecipe } from './schema.js';

/** Columns of numbers, in the order of the first row; those with words in them are left out. */
export function numericColumns(rows: readonly Row[]): Record<string, number[]> {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = names.map((name) => [name, rows.map((row) => row[name])] as const);
  return Object.fromEntries(
    columns
      .filter(([, cells]) => cells.every((cell) => typeof cell !== 'string'))
      .map(([name, cells]) => [name, cells.map((cell) => (typeof cell === 'number' ? cell : NaN))]),
  );
}

/**
 * A column of words for `dashWhere`.
 *
 * @throws RangeError, one line, where the rows have no word in it
 */
export function wordColumn(rows: readonly Row[], name: string): WordColumns {
  if (!rows.some((row) => typeof row[name] === 'string'))
    throw argumentError(
      `no column ${name} of words for dashWhere; there are ${Object.keys(rows[0] ?? {}).join(', ')}`,
    );
  return { [name]: rows.map((row) => String(row[name] ?? '')) };
}

/** A column as a curve asks for it; undefined where the table has none. */
async function madeColumn(
  columns: DataColumns,
  recipe: ColumnRecipe,
): Promise<readonly number[] | undefined> {
  if (typeof recipe === 'string') return columns[recipe];
  const { column, per, formula } = recipe;
  const [values, divisors] = [columns[column], per === undefined ? undefined : columns[per]];
  if (values === undefined || (per !== undefined && divisors === undefined)) return undefined;
  const ratios = divisors === undefined ? values : values.map((value, i) => value / divisors[i]!);
  if (formula === undefined) return ratios;
  const expression = await parseExpression(formula, 'x', 'formula');
  return ratios.map((value) => expression.value(value));
}

/**
 * Columns with those that a curve makes from them under names of its own.
 *
 * @throws (as a rejection) RangeError, one line, where a column that it names is not there
 */
export async function withNames(
  columns: DataColumns,
  names: Readonly<Record<string, ColumnRecipe>>,
  label: string,
): Promise<DataColumns> {
  const named: Record<string, readonly number[]> = { ...columns };
  for (const [name, recipe] of Object.entries(names)) {
    const made = await madeColumn(columns, recipe);
    if (made === undefined)
      throw argumentError(
        `curve ${label}: no ${JSON.stringify(recipe)} for ${name}; there are ${Object.keys(columns).join(', ')}`,
      );
    named[name] = made;
  }
  return named;
}
