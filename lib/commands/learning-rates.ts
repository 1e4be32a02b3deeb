import * as z from 'zod';
import { dimensionFor, scanLearningRatesAsync, type ScannedRate } from '../comparison/learning-rate-scan.js';
import type { Command } from '../config/command.js';
import { ensembleShape, entry, numbers } from '../config/entries.js';
import { itemTable, itself, type Cell, type Column, type Executed, type Table } from '../config/result.js';
import { familyOf } from '../config/family.js';
import { completeRule, ruleShape, type RuleConfig } from '../config/rules.js';
import { courseShape } from '../config/times.js';
import { refuseUseless, type Useless } from '../config/useless.js';
import { argumentError, requireIncreasing, requirePositive } from '../foundation/checks.js';
import type { RunControl } from '../foundation/turns.js';
import type { Estimate } from '../numerics/statistics.js';
import { simulationCost } from '../simulation/cost.js';
import { learningRatesAsync, type LearningRates } from '../stability/learning-rates.js';
import type { RestingState } from '../stability/resting-state.js';
import { stationaryStatesAsync, type StationaryState } from '../stability/stationary-states.js';

const LONGEST_WAIT = 1e5;

const schema = z.strictObject({
  ...ruleShape,
  learningRate: entry(
    ruleShape.learningRate.optional(),
    'η',
    'learning rate of the weights, at which stationary point and eigenvalues are taken: a number',
    { otherwise: '1 with stationary or scan; else it must be given' },
  ),
  length: entry(z.number().optional(), 'L', 'length held fixed for normalized rules', { otherwise: '1' }),
  stationary: entry(
    numbers('stationary').optional(),
    'list',
    'a table of where the student rests at these η/L² (sgd: η), noise included and L held, as 0.1:100:61:log',
    { otherwise: 'one learning rate' },
  ),
  scan: entry(
    numbers('scan').optional(),
    'list',
    'a table of the times to reach overlaps at these η, L free and η_γ kept, as 0.1:1e5:40:log',
    { otherwise: 'L is held' },
  ),
  overlaps: entry(numbers('overlaps').optional(), 'list', 'overlaps R to reach in a scan', {
    otherwise: '0.99,0.9999',
  }),
  initial: entry(courseShape.initial.optional(), 'values', 'order parameters at the start of a scan', {
    otherwise: 'gamma=0.5,overlap=0.1,length=1, without gamma for sgd',
  }),
  until: entry(z.number().optional(), 'T', 'longest time that a scan waits', {
    unit: 'units of steps/N',
    otherwise: String(LONGEST_WAIT),
  }),
  runs: entry(z.number().optional(), 'n', 'scan by this many simulated students, dimension-free', {
    otherwise: 'by the equations',
  }),
  dimension: entry(z.number().optional(), 'N', 'input dimension of those students', {
    otherwise: '100 η²/M, at least 10000',
  }),
  ...ensembleShape,
});
type Config = z.infer<typeof schema>;
/** A configuration that says all that is used. */
type Complete = Config & RuleConfig;

const SCAN = ['overlaps', 'initial', 'until', 'runs', 'dimension'] as const;

/** Settings, whether a configuration has them, and the entries that they make useless. */
function uselessEntries({ scan, runs }: Config): Useless<Config>[] {
  const scans = scan !== undefined;
  return [
    [!scans, 'where scan is not given', ...SCAN],
    [scans, 'where scan is given: L is free, and starts as initial says', 'length'],
    [scans, 'where scan is given', 'stationary'],
    [runs === undefined, 'where runs is not given', 'dimension'],
  ];
}

/** Fills in what depends on other entries, and refuses what is not used. */
function completed(given: Config): Complete {
  refuseUseless(given, uselessEntries(given));
  const { scan, stationary, rule } = given;
  const learningRate = given.learningRate ?? (scan === undefined && stationary === undefined ? undefined : 1);
  if (learningRate === undefined) throw argumentError('configuration: `learningRate` must be given');
  for (const [name, list] of Object.entries({ scan, stationary })) {
    if (list === undefined) continue;
    requireIncreasing(name, list);
    requirePositive(`${name}[0]`, list[0]);
  }
  const config = completeRule({ ...given, learningRate });
  if (scan === undefined) return { ...config, length: given.length ?? 1 };
  const start = { overlap: 0.1, length: 1 };
  return {
    ...config,
    overlaps: given.overlaps ?? [0.99, 0.9999],
    initial: given.initial ?? (rule === 'sgd' ? start : { gamma: 0.5, ...start }),
    until: given.until ?? LONGEST_WAIT,
  };
}

function pointOf({
  orderParameters,
  misalignment,
}: RestingState<string>): Record<string, number | undefined> {
  const { gamma, overlap, length } = orderParameters;
  return { gamma: gamma ?? length, overlap, length, misalignment };
}

/** What does not exist is null, at any depth. */
function orNull(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, orNull(inner)]));
}

function entriesOf(found: LearningRates<string>): Record<string, unknown> {
  const { outcome, message, fixedPoint, stationaryPoint, maximumLearningRate, effectiveLearningRate } = found;
  const entries = {
    outcome,
    message,
    fixedPoint: fixedPoint && pointOf(fixedPoint),
    stationaryPoint: stationaryPoint && {
      ...pointOf(stationaryPoint),
      eigenvalues: stationaryPoint.eigenvalues,
    },
    eigenvalues: fixedPoint?.eigenvalues,
    maximumLearningRate,
    effectiveLearningRate,
  };
  return orNull(entries) as Record<string, unknown>;
}

/** One learning rate: fixed points, spectra and maxima. */
async function atOneRate(config: Complete, control: RunControl): Promise<Executed> {
  const family = await familyOf(config, true);
  const options = { family, learningRate: Number(config.learningRate), length: config.length! };
  const found = await learningRatesAsync(options, control);
  const { outcome } = found;
  return {
    result: { kind: 'learning-rates', config, entries: entriesOf(found), table: undefined },
    outcome: outcome === 'aborted' ? 'aborted' : outcome === 'found' ? 'done' : 'failed',
  };
}

function stationaryTable(rates: readonly number[], states: readonly StationaryState<string>[]): Table {
  const of = (
    name: string,
    value: (state: StationaryState<string>) => Cell | undefined,
  ): Column<StationaryState<string> | undefined> => [
    name,
    (state) => (state === undefined ? null : value(state)!),
  ];
  const growthRate = ({ eigenvalues }: RestingState<string>): number => eigenvalues[0]!.real;
  const found = itemTable(
    rates.map((_, i) => states[i]),
    [
      of('effectiveLearningRate', ({ effectiveLearningRate }) => effectiveLearningRate),
      ...(['gamma', 'overlap', 'length', 'misalignment'] as const).map((name) =>
        of(name, (state) => pointOf(state)[name]),
      ),
      of('generalizationError', ({ generalizationError }) => generalizationError),
      of('growthRate', growthRate),
      ['state', (state) => (state === undefined ? 'none' : growthRate(state) < 0 ? 'stable' : 'unstable')],
    ],
  );
  return {
    columns: ['reducedLearningRate', ...found.columns],
    rows: found.rows.map((row, i) => [rates[i]!, ...row]),
  };
}

/** Where the student rests, by η/L². */
async function atRest(config: Complete, control: RunControl): Promise<Executed> {
  const { stationary: rates = [], length } = config;
  const family = await familyOf(config, true);
  const states = await stationaryStatesAsync(
    { family, reducedLearningRates: rates, length: length! },
    control,
  );
  const aborted = control.signal?.aborted === true;
  const lost = rates[states.length];
  const found =
    lost === undefined
      ? 'a stationary state at every learning rate'
      : `no stationary state from a reduced learning rate of ${lost} on`;
  const message = aborted ? 'aborted before the states were found' : found;
  const outcome = aborted ? 'aborted' : states.length === 0 ? 'no-stationary-point' : 'found';
  const table = stationaryTable(rates, states);
  return {
    result: { kind: 'learning-rates', config, entries: { outcome, message }, table },
    outcome: aborted ? 'aborted' : states.length === 0 ? 'failed' : 'done',
  };
}

function scanTable(overlaps: readonly number[], rows: readonly ScannedRate[], students: boolean): Table {
  const measured = (name: string, of: (row: ScannedRate) => Estimate | undefined): Column<ScannedRate>[] => {
    const mean: Column<ScannedRate> = [name, (row) => of(row)?.mean ?? null];
    return students ? [mean, [`${name}StandardError`, (row) => of(row)?.standardError ?? null]] : [mean];
  };
  return itemTable(rows, [
    itself('learningRate'),
    ...overlaps.flatMap((level, i) => measured(`timeToOverlap.${level}`, ({ times }) => times[i])),
    ...measured('length', ({ length }) => length),
    ...(students ? [['dimension', (row) => row.dimension!] satisfies Column<ScannedRate>] : []),
    ['state', ({ outcome }) => outcome],
  ]);
}

/** The times to reach overlaps, the length free, by η. */
async function scanned(config: Complete, control: RunControl): Promise<Executed> {
  const { scan = [], overlaps = [], initial, until, runs, dimension, seed, sweepPoint } = config;
  const family = await familyOf(config, false);
  const students = runs === undefined ? undefined : { runs, dimension, seed, sweepPoint };
  const options = { family, initial: initial as Record<string, number>, learningRates: scan, overlaps };
  const rows = await scanLearningRatesAsync({ ...options, until: until!, students }, control);
  const aborted = control.signal?.aborted === true;
  const reached = rows.filter(({ outcome }) => outcome === 'reached').length;
  const entries = {
    outcome: aborted ? 'aborted' : 'scanned',
    message: `${aborted ? 'aborted; ' : ''}all overlaps reached at ${reached} of ${scan.length} learning rates`,
  };
  const table = scanTable(overlaps, rows, students !== undefined);
  return {
    result: { kind: 'learning-rates', config, entries, table },
    outcome: aborted ? 'aborted' : 'done',
  };
}

/** `learning-rates`: fixed points and learning rates of a rule, where it rests, and how long it takes to learn. */
export const command: Command<typeof schema> = {
  schema,
  example: `order-parameters learning-rates --rule weight-normalization --activation relu --learning-rate 0.5 --gamma-decay 0.2
  order-parameters learning-rates --rule weight-normalization --noise-variance 0.05 --stationary 0.1:100:61:log
  order-parameters learning-rates --rule weight-normalization --batch-size 8 --scan 0.1:1e5:40:log --overlaps 0.99,0.9999`,
  cost: ({ scan = [], runs = 0, dimension: given, until = LONGEST_WAIT, batchSize = 1 }) => {
    const costs = scan.map((eta) => {
      const dimension = given ?? dimensionFor(eta, batchSize);
      return simulationCost({ engine: 'dimension-free', dimension, batchSize, runs, until, measurements: 1 });
    });
    return { seconds: costs.reduce((sum, { seconds }) => sum + seconds, 0), bytes: 0 };
  },
  draws: ({ runs }) => runs !== undefined,
  async run(given, control) {
    const config = completed(given);
    if (config.scan !== undefined) return scanned(config, control);
    return config.stationary === undefined ? atOneRate(config, control) : atRest(config, control);
  },
};
