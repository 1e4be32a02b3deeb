import { extname } from 'node:path';
import { csvParseRows } from 'd3-dsv';
import { argumentError } from '../foundation/checks.js';
import { isMapping, readText } from './read-text.js';

/** Which columns of a file to read. */
export interface PreactivationsSource {
  /** A file that ends in .csv or .json. */
  readonly path: string;
  /** Name of the column of pre-activations; default the only column besides the labels. */
  readonly column?: string | undefined;
  /** Name of the column of labels; default none is read. */
  readonly labels?: string | undefined;
  /** Whether labels must be 0 or 1. */
  readonly binaryLabels?: boolean;
}

/** Columns as read: finite numbers, of equal length. */
export interface PreactivationsData {
  readonly column: string;
  readonly preactivations: number[];
  readonly labels: number[] | undefined;
}

/** A file's cells, row by row, not yet numbers. */
interface Cells {
  readonly names: readonly string[];
  /** Rows as arrays in the order of the names. */
  readonly rows: readonly (readonly unknown[])[];
  /** Where a row stands in the file. */
  readonly place: (row: number) => string;
}

const isNumber = (text: string): boolean => text !== '' && !Number.isNaN(Number(text));

function cellsOfCsv(path: string, text: string): Cells {
  const lines = csvParseRows(text.replace(/^\uFEFF/, ''), (raw, index) => {
    const cells = raw.map((cell) => cell.trim());
    return cells.length === 1 && cells[0] === '' ? undefined : { cells, line: index + 1 };
  });
  const first = lines[0]?.cells;
  if (first === undefined) throw argumentError(`${path}: the file holds no rows`);
  const broken = lines.find(({ cells }) => cells.some((cell) => cell.includes('\n')));
  if (broken) throw argumentError(`${path}, line ${broken.line}: a quote is out of place`);
  // A first line with a word in it names the columns; one of numbers, NaN included, is data.
  const named = !first.every((cell) => isNumber(cell) || cell === 'NaN');
  const names = named ? first : first.map((_, index) => String(index + 1));
  const data = named ? lines.slice(1) : lines;
  const place = (row: number): string => `row ${row + 1} (line ${data[row]!.line})`;
  data.forEach(({ cells }, row) => {
    if (cells.length === names.length) return;
    throw argumentError(`${path}, ${place(row)}: ${names.length} columns are expected; got ${cells.length}`);
  });
  return { names, rows: data.map(({ cells }) => cells), place };
}

const jsonForms = 'an array of numbers, an array of objects, or an object of arrays';

function cellsOfJson(path: string, text: string): Cells {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw argumentError(`cannot parse ${path}: ${(error as Error).message}`, { cause: error });
  }
  const place = (row: number): string => `row ${row + 1}`;
  if (Array.isArray(value)) {
    const rows = value as unknown[];
    const first = rows[0];
    if (!isMapping(first)) return { names: ['preactivations'], rows: rows.map((cell) => [cell]), place };
    const names = Object.keys(first);
    return {
      names,
      rows: rows.map((row, index) => {
        if (isMapping(row)) return names.map((name) => row[name]);
        throw argumentError(`${path}, ${place(index)}: an object is expected; got ${JSON.stringify(row)}`);
      }),
      place,
    };
  }
  if (!isMapping(value)) throw argumentError(`cannot read ${path}: it must hold ${jsonForms}`);
  const columns = Object.entries(value).filter((entry): entry is [string, unknown[]] =>
    Array.isArray(entry[1]),
  );
  const length = columns[0]?.[1].length;
  if (length === undefined) throw argumentError(`cannot read ${path}: it must hold ${jsonForms}`);
  for (const [name, column] of columns) {
    if (column.length === length) continue;
    throw argumentError(
      `${path}: columns must be of one length; got ${length} and, in ${name}, ${column.length}`,
    );
  }
  return {
    names: columns.map(([name]) => name),
    rows: Array.from({ length }, (_, row) => columns.map(([, column]) => column[row])),
    place,
  };
}

async function cellsOf(path: string): Promise<Cells> {
  const reader = { '.csv': cellsOfCsv, '.json': cellsOfJson }[extname(path).toLowerCase()];
  if (reader === undefined) throw argumentError(`\`preactivations\` must end in .csv or .json; got ${path}`);
  return reader(path, await readText(path));
}

function indexOf(path: string, names: readonly string[], name: string): number {
  const index = names.indexOf(name);
  if (index >= 0) return index;
  throw argumentError(`${path}: there is no column ${JSON.stringify(name)}; columns are ${names.join(', ')}`);
}

function chosenColumn({ path, column, labels }: PreactivationsSource, names: readonly string[]): string {
  if (column !== undefined) return column;
  const others = names.filter((name) => name !== labels);
  if (others.length === 1) return others[0]!;
  throw argumentError(`\`column\` must be given: ${path} has columns ${names.join(', ')}`);
}

function numberOf(cell: unknown): number {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'string' && cell !== '' ? Number(cell) : NaN;
}

/**
 * Reads pre-activations, and labels where they are asked for, from a file. CSV: one row a line, with or without a line of
 * names (without one, columns are called 1, 2, …), blank lines skipped, no line breaks inside quotes. JSON: an array of
 * numbers, an array of objects, or an object of arrays. Rows are counted from 1, names not counted.
 *
 * @throws (as a rejection) RangeError, one line, naming the file and, for a bad row, the row: no such file, no such column,
 *   a row with too many or too few cells, a cell that is no finite number, a label that is not 0 or 1 where it must be
 */
export async function readPreactivations(source: PreactivationsSource): Promise<PreactivationsData> {
  const { path, labels, binaryLabels = false } = source;
  const { names, rows, place } = await cellsOf(path);
  const read = (name: string, allowed: string, holds: (value: number) => boolean): number[] => {
    const index = indexOf(path, names, name);
    return rows.map((cells, row) => {
      const value = numberOf(cells[index]);
      if (holds(value)) return value;
      const got = cells[index] === undefined ? 'nothing' : JSON.stringify(cells[index]);
      throw argumentError(`${path}, ${place(row)}: column ${name} must be ${allowed}; got ${got}`);
    });
  };
  const column = chosenColumn(source, names);
  const preactivations = read(column, 'a finite number', Number.isFinite);
  if (labels === undefined) return { column, preactivations, labels };
  const isLabel = binaryLabels ? (value: number) => value === 0 || value === 1 : Number.isFinite;
  return {
    column,
    preactivations,
    labels: read(labels, binaryLabels ? '0 or 1' : 'a finite number', isLabel),
  };
}
