import * as z from 'zod';
import { compareWithTheory, type TheoryComparison } from '../comparison/theory-and-simulation.js';
import type { Command } from '../config/command.js';
import { ensembleShape, entry, onRequest } from '../config/entries.js';
import { columnTable, type Table } from '../config/result.js';
import { completeRule, lengthBound, ruleOf, ruleShape } from '../config/rules.js';
import { completeTimes, courseShape, DEFAULT_POINTS } from '../config/times.js';
import { columnsOf, type OrderParameterSystem } from '../dynamics/system.js';
import { rangeError } from '../foundation/checks.js';
import { simulationCost } from '../simulation/cost.js';
import { engineNames } from '../simulation/engine.js';
import { simulateAsync, type Simulation } from '../simulation/simulate.js';
import { solveAsync } from '../trajectory/solve.js';

const schema = z.strictObject({
  ...ruleShape,
  ...courseShape,
  dimension: entry(z.number(), 'N', 'input dimension'),
  runs: entry(z.number().default(16), 'n', 'independent runs'),
  ...ensembleShape,
  engine: entry(
    z.enum(engineNames).default('explicit'),
    'name',
    'explicit: N weights, drawn inputs; dimension-free: the same law from drawn fields, any N',
  ),
  load: entry(z.number().optional(), 'α', 'train on P = αN samples of each run', {
    otherwise: 'fresh samples at every step',
  }),
  compare: onRequest('solve the equations of fresh samples too: theory, z-scores and an overall p-value'),
  lengthBound,
});
type Config = z.infer<typeof schema>;

/** Its theory, where that is asked for. */
type Theory = TheoryComparison<string> | undefined;

async function theoryOf(
  config: Config,
  rule: OrderParameterSystem,
  simulation: Simulation<string>,
): Promise<Theory> {
  if (!config.compare || (simulation.times.at(-1) ?? 0) === 0) return undefined;
  const initial = config.initial as Record<string, number>;
  const { times } = simulation;
  const theory = await solveAsync({ rule, initial, times, lengthBound: Number.MAX_VALUE });
  return theory.outcome === 'reached-end' ? compareWithTheory(simulation, theory) : undefined;
}

function tableOf(simulation: Simulation<string>, comparison: Theory): Table {
  const blocks = columnsOf(simulation.rule).map((column): [string, number[]][] => {
    const estimates = simulation.series(column);
    const block: [string, number[]][] = [
      [column, estimates.map(({ mean }) => mean)],
      [`${column}StandardError`, estimates.map(({ standardError }) => standardError)],
    ];
    if (comparison === undefined) return block;
    const compared = comparison.series(column);
    return [
      ...block,
      [`${column}Theory`, compared.map(({ theory }) => theory)],
      [`${column}Z`, compared.map(({ z }) => z)],
    ];
  });
  return columnTable([['time', simulation.times], ...blocks.flat()]);
}

function statisticsOf(config: Config, simulation: Simulation<string>, comparison: Theory): unknown {
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

function completed(given: Config): { config: Config; times: number[] } {
  const { config: timesConfig, times } = completeTimes(given);
  const config = { ...completeRule(given), ...timesConfig };
  if (config.load !== undefined && config.compare) {
    throw rangeError(
      'compare',
      'left out where load is given: the equations are those of fresh samples',
      true,
    );
  }
  return { config, times };
}

/** `simulate`: a Monte Carlo experiment, beside its theory where that is asked for. */
export const command: Command<typeof schema> = {
  schema,
  example: `order-parameters simulate --rule sgd --activation relu --learning-rate 0.5 --initial overlap=0.1,length=0.8 \\
    --times 1,2,5 --dimension 500 --runs 64 --seed 1 --compare

  In 1e6 dimensions:
  order-parameters simulate --rule sgd --activation relu --learning-rate 0.5 --initial overlap=0.1,length=0.8 \\
    --times 0.5,1 --dimension 1e6 --engine dimension-free --runs 4`,
  cost: ({ until, times, points = DEFAULT_POINTS, batchSize = 1, ...config }) =>
    simulationCost({
      ...{ ...config, batchSize },
      until: until ?? times?.at(-1) ?? 0,
      measurements: times?.length ?? points,
    }),
  draws: () => true,
  async run(given, control) {
    const { config, times } = completed(given);
    const rule = await ruleOf(config);
    const { dimension, runs, seed, sweepPoint, engine, load, lengthBound } = config;
    const simulation = await simulateAsync(
      {
        ...{ rule, initial: config.initial as Record<string, number>, times, dimension, runs, seed, engine },
        ...(sweepPoint === undefined ? {} : { sweepPoint }),
        ...(load === undefined ? {} : { load }),
        lengthBound,
      },
      control,
    );
    const comparison = await theoryOf(config, rule, simulation);
    const { outcome, message } = simulation;
    const entries = { outcome, message, statistics: statisticsOf(config, simulation, comparison) };
    return {
      result: { kind: 'simulate', config, entries, table: tableOf(simulation, comparison) },
      outcome: outcome === 'aborted' ? 'aborted' : outcome === 'diverged' ? 'failed' : 'done',
    };
  },
};
