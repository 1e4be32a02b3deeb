import { parsed, runLine } from '../support/command-line.js';

export type Row = Record<string, number | string>;

/** The rows of a result by the names of their columns. */
export function rowsOf(line: string): Row[] {
  const ended = runLine(`generalization ${line}`);
  expect([ended.status, ended.stderr]).toEqual([0, '']);
  const { columns, rows } = parsed(ended);
  return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));
}
