import { rowsOf, type Cell, type Table } from '../config/result.js';
import { listOf, oneOf, requireInteger } from '../foundation/checks.js';
import { requireObject } from '../foundation/options.js';
import type { SweepRecord } from './record.js';

function cellOf(value: unknown): Cell {
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
}

const requireOutcome = oneOf(['done', 'failed', 'error']);

const requireRecords = listOf((name, value) => {
  const { point, parameters, outcome, result } = requireObject(name, value, 'the record of a point');
  requireInteger(`${name}.point`, point, 0);
  requireObject(`${name}.parameters`, parameters);
  requireOutcome(`${name}.outcome`, outcome);
  if (result !== undefined) requireObject(`${name}.result`, result);
}, 'a list of records');

/**
 * All points in one table: parameters, outcome, and what the command printed, with a row for each of its rows.
 *
 * @throws RangeError or TypeError, one line, naming what is no record of a point
 * @example
 * const record = { point: 0, parameters: { batchSize: 4 }, outcome: 'done', result: { stationary: 8 } };
 * sweepTable([record]).columns; // ['point', 'batchSize', 'outcome', 'stationary']
 */
export function sweepTable(records: readonly SweepRecord[]): Table {
  requireRecords('records', records);
  const blocks = records.map((record) => ({
    record,
    rows: record.result === undefined ? [{}] : rowsOf(record.result),
  }));
  const namesIn = (objects: readonly object[]): string[] => [...new Set(objects.flatMap(Object.keys))];
  const parameters = namesIn(records.map((record) => record.parameters));
  const found = namesIn(blocks.flatMap(({ rows }) => rows)).filter((name) => !parameters.includes(name));
  return {
    columns: ['point', ...parameters, 'outcome', ...found],
    rows: blocks.flatMap(({ record, rows }) =>
      rows.map((row) => [
        record.point,
        ...parameters.map((name) => cellOf(record.parameters[name] ?? '')),
        record.outcome,
        ...found.map((name) => row[name] ?? ''),
      ]),
    ),
  };
}
