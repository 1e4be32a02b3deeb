import { runSimulation, type SimulationWithTheory } from '../config/run-config.js';
import { parseConfig, simulateSchema } from '../config/schema.js';
import { trajectoryColumns } from './dynamics.js';
import { execute } from './execute.js';
import { mergedConfig, type Flags } from './options.js';
import type { Table } from './output.js';

function tableOf({ simulation, comparison }: SimulationWithTheory): Table {
  const blocks = trajectoryColumns(simulation.rule.names).map(([column, quantity]): [string, number[]][] => {
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
  const columns: [string, number[]][] = [['time', [...simulation.times]], ...blocks.flat()];
  return {
    columns: columns.map(([name]) => name),
    rows: simulation.times.map((_, i) => columns.map(([, values]) => values[i]!)),
  };
}

/** `order-parameters simulate` */
export async function simulateCommand(flags: Flags): Promise<void> {
  const given = parseConfig(simulateSchema, await mergedConfig(flags));
  await execute('simulate', flags, async (signal, onProgress) => {
    const { config, result } = await runSimulation(given, { signal, onProgress });
    const { simulation, comparison } = result;
    const { outcome, message, steps, runs, sampleCount } = simulation;
    const test = comparison?.overall;
    const statistics = {
      steps,
      runs,
      ...(sampleCount === undefined ? {} : { sampleCount }),
      finiteSizeBias: `O(1/N), 1/N = ${1 / simulation.dimension}`,
      ...(config.compare
        ? {
            chiSquare: test?.statistic ?? null,
            degreesOfFreedom: test?.components ?? null,
            pValue: test?.pValue ?? null,
          }
        : {}),
    };
    const entries = { outcome, message, statistics };
    return {
      result: { kind: 'simulate', config, entries, table: tableOf(result) },
      outcome: outcome === 'aborted' ? 'aborted' : outcome === 'diverged' ? 'failed' : 'done',
    };
  });
}
