import { columnTable, type Executed, type Table } from '../result.js';
import { runDynamics, type ConfiguredTrajectory } from '../run-config.js';
import type { RunControl } from '../../foundation/turns.js';
import type { DynamicsConfig } from '../schema.js';
import { trajectoryColumns } from './trajectory-columns.js';

// A learning rate fluctuates because the state does; the band belongs to what a run is judged by.
const withDeviation: readonly string[] = ['gamma', 'overlap', 'length', 'generalizationError'];

/** Standard deviations of one run of the given dimension, where there is one. */
function deviationsOf(trajectory: ConfiguredTrajectory, dimension: number | undefined): [string, number[]][] {
  if (dimension === undefined || !('deviation' in trajectory)) return [];
  return trajectoryColumns(trajectory.rule)
    .filter(([column]) => withDeviation.includes(column))
    .map(([column, quantity]) => [`${column}Deviation`, trajectory.deviation(quantity, dimension)]);
}

function tableOf(trajectory: ConfiguredTrajectory, dimension: number | undefined): Table {
  const series = trajectoryColumns(trajectory.rule).map(([column, quantity]): [string, number[]] => [
    column,
    trajectory.series(quantity),
  ]);
  return columnTable([['time', trajectory.times], ...series, ...deviationsOf(trajectory, dimension)]);
}

const fulfilled: readonly string[] = ['reached-end', 'event', 'stationary'];

/** What `dynamics` prints. */
export async function executeDynamics(given: DynamicsConfig, control: RunControl): Promise<Executed> {
  const { config, result } = await runDynamics(given, control);
  const { outcome, message, method, statistics, events } = result;
  const entries = { outcome, message, method, statistics, ...(events.length > 0 ? { events } : {}) };
  return {
    result: { kind: 'dynamics', config, entries, table: tableOf(result, config.dimension) },
    outcome: outcome === 'aborted' ? 'aborted' : fulfilled.includes(outcome) ? 'done' : 'failed',
  };
}
