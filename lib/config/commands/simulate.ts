import { columnTable, type Executed, type Table } from '../result.js';
import { runSimulation, type SimulationWithTheory } from '../run-config.js';
import type { RunControl } from '../../foundation/turns.js';
import type { SimulateConfig } from '../schema.js';
import { trajectoryColumns } from './trajectory-columns.js';

function tableOf({ simulation, comparison }: SimulationWithTheory): Table {
  const blocks = trajectoryColumns(simulation.rule).map(([column, quantity]): [string, number[]][] => {
    const estimates = simulation.series(quantity);
    const block: [string, number[]][] = [
      [column, estimates.map(({ mean }) => mean)],
      [`${column}StandardError`, estimates.map(({ standardError }) => standardError)],
    ];
    if (comparison === undefined) return block;
    const compared = comparison.series(quantity);
    return [
      ...block,
      [`${column}Theory`, compared.map(({ theory }) => theory)],
      [`${column}Z`, compared.map(({ z }) => z)],
    ];
  });
  return columnTable([['time', simulation.times], ...blocks.flat()]);
}

function statisticsOf(config: SimulateConfig, { simulation, comparison }: SimulationWithTheory): unknown {
  const { steps, runs, sampleCount, dimension } = simulation;
  const test = comparison?.overall;
  return {
    steps,
    runs,
    ...(sampleCount === undefined ? {} : { sampleCount }),
    finiteSizeBias: `O(1/N), 1/N = ${1 / dimension}`,
    ...(config.compare
      ? {
          chiSquare: test?.statistic ?? null,
          degreesOfFreedom: test?.components ?? null,
          pValue: test?.pValue ?? null,
        }
      : {}),
  };
}

/** What `simulate` prints. */
export async function executeSimulation(given: SimulateConfig, control: RunControl): Promise<Executed> {
  const { config, result } = await runSimulation(given, control);
  const { outcome, message } = result.simulation;
  const entries = { outcome, message, statistics: statisticsOf(config, result) };
  return {
    result: { kind: 'simulate', config, entries, table: tableOf(result) },
    outcome: outcome === 'aborted' ? 'aborted' : outcome === 'diverged' ? 'failed' : 'done',
  };
}
