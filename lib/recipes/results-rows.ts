import type { Parameters } from '../config/grid.js';
import { leavesOf, rowsOf, type Cell, type Row } from '../config/result.js';
import { argumentError } from '../foundation/checks.js';
import { readResults } from '../sweep/read-results.js';
import type { SweepRecord } from '../sweep/record.js';
import { parametersOf, requireSweep, type SweepConfig } from '../sweep/sweep-config.js';
import { fileIn } from './rebased.js';
import type { ResultsCurve } from './schema.js';

/** Rows that a curve draws of a results file, and the sweep that they are of. */
export interface ResultsRows {
  readonly sweep: SweepConfig;
  readonly rows: readonly Row[];
}

/** What is known of a point before its rows: its parameters, its number, and its outcome if it has one. */
type Known = Readonly<Record<string, unknown>>;
type Where = ResultsCurve['where'];

/** The rows of a point. What they share may be hundreds of cells, which only rows that are wanted are given. */
interface PointRows {
  readonly known: Known;
  /** Its parameters, and what is printed beside the table, by names with dots. */
  readonly shared: Row;
  readonly table: readonly Row[];
}

/** A number from how JSON has it, those that are not finite as words. */
function numberOf(cell: Cell): Cell {
  return cell === 'NaN' || cell === 'Infinity' || cell === '-Infinity' ? Number(cell) : cell;
}

const isCell = (entry: [string, unknown]): entry is [string, number | string] =>
  typeof entry[1] === 'number' || typeof entry[1] === 'string';

function rowOf(cells: readonly (readonly [name: string, cell: Cell])[]): Row {
  return Object.fromEntries(cells.map(([name, cell]) => [name, numberOf(cell)]));
}

function rowsOfPoint(known: Known, result: Readonly<Record<string, unknown>> | undefined): PointRows {
  if (result === undefined) return { known, shared: {}, table: [] };
  const beside = leavesOf({ ...result, config: undefined, columns: undefined, rows: undefined });
  const shared = rowOf([...beside, ...Object.entries(known)].filter(isCell));
  const table = 'columns' in result ? rowsOf(result).map((row) => rowOf(Object.entries(row))) : [{}];
  return { known, shared, table };
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The rows of a point that are asked for, with all their cells; a value may be that of the parameter or of the column. */
function agreeing(where: Where, { known, shared, table }: PointRows): Row[] {
  const wanted = Object.entries(where);
  const agrees = (row: Row): boolean =>
    wanted.every(
      ([name, value]) => isSame(known[name], value) || isSame(name in row ? row[name] : shared[name], value),
    );
  return table.filter(agrees).map((row) => ({ ...shared, ...row }));
}

/** Whether a point may have rows that are asked for, or would have had them. */
function mayAgree(where: Where, known: Known): boolean {
  return Object.entries(where).every(([name, value]) => !(name in known) || isSame(known[name], value));
}

/** A point as a message names it. */
function nameOf(point: number, parameters: Parameters): string {
  const values = Object.entries(parameters).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return values.length === 0 ? `point ${point}` : `point ${point} (${values.join(', ')})`;
}

/** What hinders a point from being drawn; undefined for one that is done. */
function hindrance(record: SweepRecord | undefined): string | undefined {
  if (record === undefined) return 'is not there yet; `sweep --resume` goes on with the file';
  if (record.outcome === 'done') return undefined;
  const why = record.error ?? record.result?.['message'];
  return `has outcome ${record.outcome}${typeof why === 'string' ? ` (${why})` : ''}`;
}

const MOST_SHOWN = 8;

/** What there is of what `where` asks for, where no row has it all. */
function choices(where: Where, points: readonly PointRows[]): string {
  const rows = points.flatMap((point) => agreeing({}, point));
  const found = Object.keys(where).map((name) => {
    const values = [...points.map(({ known }) => known), ...rows]
      .map((one) => one[name])
      .filter((value) => value !== undefined);
    const distinct = [...new Set(values.map((value) => JSON.stringify(value)))];
    if (distinct.length === 0) return `no parameter or column ${name}`;
    return `${name} = ${distinct.slice(0, MOST_SHOWN).join(', ')}${distinct.length > MOST_SHOWN ? ', …' : ''}`;
  });
  return found.join('; ');
}

/**
 * The rows of a results file that a curve asks for, in the order of the points.
 *
 * @param folder where the recipe lies, from which the file is named
 * @throws RangeError, one line: for a file that cannot be read or is no results file, for rows that it has not, and for a point that
 * is asked for and not done
 */
export function resultsRows({ file, where, rows: which }: ResultsCurve, folder: string): ResultsRows {
  const path = fileIn(folder, file);
  const { header, records } = readResults(path);
  if (header === undefined) throw argumentError(`${path} is empty`);
  const byPoint = new Map(records.map((record) => [record.point, record]));
  const points: PointRows[] = [];
  const rows: Row[] = [];
  for (const [point, parameters] of parametersOf(requireSweep(header.sweep)).entries()) {
    const record = byPoint.get(point);
    const known = { point, outcome: record?.outcome, ...parameters };
    const own = rowsOfPoint(known, record?.result);
    const asked = agreeing(where, own);
    const problem = hindrance(record);
    // Who names an outcome knows of others.
    if (problem !== undefined && !('outcome' in where) && (asked.length > 0 || mayAgree(where, known)))
      throw argumentError(
        `${path}: ${nameOf(point, parameters)} ${problem}; \`where: { outcome: done }\` leaves such points out`,
      );
    points.push(own);
    rows.push(...(which === 'last' ? asked.slice(-1) : asked));
  }
  if (rows.length === 0)
    throw argumentError(
      `${path} has no row where ${JSON.stringify(where)}; there are ${choices(where, points)}`,
    );
  return { sweep: header.sweep, rows };
}
