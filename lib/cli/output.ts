import { accessSync, constants, statSync, writeFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { csvFormatRows } from 'd3-dsv';
import { leavesOf, plain, printedObject, type Cell, type Result } from '../config/result.js';
import { fileProblem } from '../foundation/file-problem.js';
import type { Format, OutputFlags } from './options.js';
import { UsageError } from './usage-error.js';

const byExtension: Readonly<Record<string, Format>> = { '.json': 'json', '.csv': 'csv', '.txt': 'table' };

/** Where a result will go, checked before anything is computed so that no result is lost to a bad path. */
export interface Destination {
  readonly format: Format;
  readonly path: string | undefined;
}

/** Checks that a file can be written. */
export function requireWritable(path: string): void {
  try {
    accessSync(dirname(path), constants.W_OK);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
      throw new UsageError(`cannot write ${path}: it is a directory`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot write ${path}: ${fileProblem(error)}`);
  }
}

/** Decides format and place of the output. */
export function destinationOf({ format, output }: OutputFlags): Destination {
  if (output === undefined)
    return { format: format ?? (process.stdout.isTTY ? 'table' : 'json'), path: undefined };
  const expected = byExtension[extname(output)];
  if (expected === undefined) throw new UsageError(`--output must end in .json, .csv or .txt; got ${output}`);
  requireWritable(output);
  return { format: format ?? expected, path: output };
}

function asJson(result: Result): string {
  return `${JSON.stringify(printedObject(result), plain)}\n`;
}

/** Nested entries as names with dots and their values, for tables and CSV. */
function flattened(entries: Readonly<Record<string, unknown>>): [string, string][] {
  return leavesOf(entries).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value, plain).replaceAll('"', ''),
  ]);
}

function asCsv({ entries, table }: Result): string {
  const lines = table
    ? [[...table.columns], ...table.rows.map((row) => row.map((cell) => String(cell ?? '')))]
    : [['quantity', 'value'], ...flattened(entries)];
  return `${csvFormatRows(lines)}\n`;
}

function shown(value: Cell): string {
  if (value === null) return '-';
  return typeof value === 'string' || Number.isInteger(value) ? String(value) : value.toPrecision(6);
}

function aligned(lines: readonly (readonly string[])[], alignRight: boolean): string {
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line.map((cell, i) => (alignRight ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join('  '),
    )
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** What stands below a table: lists of numbers, as the curves of single runs, would bury the rest, and are in the JSON. */
function withoutNumberLists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return undefined;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutNumberLists(inner)]));
}

function asTable({ entries, table }: Result): string {
  if (!table) return aligned(flattened(entries), false);
  const body = aligned([table.columns, ...table.rows.map((row) => row.map(shown))], true);
  const below = flattened(withoutNumberLists(entries) as Result['entries']);
  return `${body}\n${aligned(below, false)}`;
}

/** Prints a result, or writes it to its file. */
export function print(result: Result, { format, path }: Destination): void {
  const text = { json: asJson, csv: asCsv, table: asTable }[format](result);
  if (path === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(path, text);
  } catch (error) {
    // The disk may have filled up since the path was checked; what was computed is not to be lost.
    process.stderr.write(
      `error: cannot write ${path}: ${fileProblem(error)}; the result goes to standard output\n`,
    );
    process.stdout.write(text);
    process.exitCode = 1;
  }
}
