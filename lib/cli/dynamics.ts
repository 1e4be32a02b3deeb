import { runDynamics } from '../config/run-config.js';
import { dynamicsSchema, parseConfig } from '../config/schema.js';
import type { Trajectory } from '../solver/trajectory.js';
import { execute } from './execute.js';
import { mergedConfig, type Flags } from './options.js';
import type { Table } from './output.js';

/** The columns of a trajectory; vanilla SGD has no γ, its output scale is the length. */
export function trajectoryColumns(names: readonly string[]): [column: string, quantity: string][] {
  return [
    ['gamma', names.includes('gamma') ? 'gamma' : 'length'],
    ['overlap', 'overlap'],
    ['length', 'length'],
    ['generalizationError', 'generalizationError'],
    ['effectiveLearningRate', 'effectiveLearningRate'],
  ];
}

function tableOf(trajectory: Trajectory<string>): Table {
  const columns = trajectoryColumns(trajectory.rule.names);
  const series = columns.map(([, quantity]) => trajectory.series(quantity));
  return {
    columns: ['time', ...columns.map(([column]) => column)],
    rows: trajectory.times.map((time, i) => [time, ...series.map((values) => values[i]!)]),
  };
}

const fulfilled: readonly string[] = ['reached-end', 'event', 'stationary'];

/** `order-parameters dynamics` */
export async function dynamics(flags: Flags): Promise<void> {
  const given = parseConfig(dynamicsSchema, await mergedConfig(flags));
  await execute('dynamics', flags, async (signal, onProgress) => {
    const { config, result } = await runDynamics(given, { signal, onProgress });
    const { outcome, message, statistics, events } = result;
    const entries = { outcome, message, statistics, ...(events.length > 0 ? { events } : {}) };
    return {
      result: { kind: 'dynamics', config, entries, table: tableOf(result) },
      outcome: outcome === 'aborted' ? 'aborted' : fulfilled.includes(outcome) ? 'done' : 'failed',
    };
  });
}
