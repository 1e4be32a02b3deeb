import type { Trajectory } from '../../solver/trajectory.js';
import type { Executed, Table } from '../result.js';
import { runDynamics, type RunControl } from '../run-config.js';
import type { DynamicsConfig } from '../schema.js';
import { trajectoryColumns } from './trajectory-columns.js';

function tableOf(trajectory: Trajectory<string>): Table {
  const columns = trajectoryColumns(trajectory.rule.names);
  const series = columns.map(([, quantity]) => trajectory.series(quantity));
  return {
    columns: ['time', ...columns.map(([column]) => column)],
    rows: trajectory.times.map((time, i) => [time, ...series.map((values) => values[i]!)]),
  };
}

const fulfilled: readonly string[] = ['reached-end', 'event', 'stationary'];

/** What `dynamics` prints. */
export async function executeDynamics(given: DynamicsConfig, control: RunControl): Promise<Executed> {
  const { config, result } = await runDynamics(given, control);
  const { outcome, message, statistics, events } = result;
  const entries = { outcome, message, statistics, ...(events.length > 0 ? { events } : {}) };
  return {
    result: { kind: 'dynamics', config, entries, table: tableOf(result) },
    outcome: outcome === 'aborted' ? 'aborted' : fulfilled.includes(outcome) ? 'done' : 'failed',
  };
}
