import { packageVersion } from './package-version.js';

/** A name or a number in a table, or null where there is none. */
export type Cell = number | string | null;

/** A result with a row for each time, or for each thing that was asked for. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A table of columns of one length. */
export function columnTable(columns: readonly (readonly [name: string, values: readonly Cell[]])[]): Table {
  return {
    columns: columns.map(([name]) => name),
    rows: (columns[0]?.[1] ?? []).map((_, i) => columns.map(([, values]) => values[i]!)),
  };
}

/** A column of a table with a row for each of some items: its name, and its cell in the row of an item. */
export type Column<Item> = readonly [name: string, cell: (item: Item) => Cell];

/** A column of what items have under its name. */
export function itself<Name extends string>(name: Name): Column<Readonly<Record<Name, Cell>>> {
  return [name, (item) => item[name]];
}

/** A table with a row for each item. */
export function itemTable<Item>(items: readonly Item[], columns: readonly Column<Item>[]): Table {
  return {
    columns: columns.map(([name]) => name),
    rows: items.map((item) => columns.map(([, cell]) => cell(item))),
  };
}

/** A configuration: values by the names of its entries. */
export type Config = Readonly<Record<string, unknown>>;

/** What a command found: entries of the printed object, and the table where there is one. */
export interface Result {
  readonly kind: string;
  readonly config: Config;
  readonly entries: Readonly<Record<string, unknown>>;
  readonly table: Table | undefined;
}

/** What a command's work gives back: the result to print, and whether the run did what was asked. */
export interface Executed {
  readonly result: Result;
  readonly outcome: 'done' | 'failed' | 'aborted';
}

/** JSON has no word for numbers that are not finite: they are written as the strings "Infinity", "-Infinity", "NaN". */
export function plain(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** The object that a result is printed as in JSON. */
export function printedObject({ kind, config, entries, table }: Result): Record<string, unknown> {
  return { kind, version: packageVersion(), config, ...entries, ...table };
}

/** Nested entries by names with dots; those that are undefined are left out. */
export function leavesOf(entries: Readonly<Record<string, unknown>>, prefix = ''): [string, unknown][] {
  return Object.entries(entries).flatMap(([name, value]): [string, unknown][] => {
    if (value === undefined) return [];
    if (value !== null && typeof value === 'object')
      return leavesOf(value as Record<string, unknown>, `${prefix}${name}.`);
    return [[`${prefix}${name}`, value]];
  });
}

/** A row of a result by its columns. */
export type Row = Readonly<Record<string, Cell>>;

/** What a printed object comes to in rows: those of its own table, or else one of its numbers by name. */
export function rowsOf(printed: Readonly<Record<string, unknown>>): Row[] {
  const { columns, rows } = printed as { columns?: string[]; rows?: Cell[][] };
  if (columns !== undefined && rows !== undefined)
    return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]!])));
  const leaves = leavesOf({ ...printed, config: undefined });
  return [Object.fromEntries(leaves.filter((leaf): leaf is [string, number] => typeof leaf[1] === 'number'))];
}
