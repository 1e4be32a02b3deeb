import { studentQuantities } from '../comparison/students-and-theory.js';
import {
  runFlow,
  runGeneralization,
  runOptimum,
  type GeneralizationRow,
} from '../config/run-generalization.js';
import { generalizationSchema, parseConfig, type GeneralizationConfig } from '../config/schema.js';
import { execute, type Executed } from './execute.js';
import { mergedConfig, type Flags } from './options.js';
import type { Cell, Table } from './output.js';

const theoryColumns = [
  'gammaDecay',
  'gamma',
  'overlap',
  'generalizationError',
  'trainingError',
  'susceptibility',
] as const;

function stateOf({ converged, metastable }: GeneralizationRow): string {
  if (!converged) return 'not-converged';
  return metastable ? 'metastable' : 'stable';
}

function curveTable(rows: readonly GeneralizationRow[], simulated: boolean): Table {
  const measured = (row: GeneralizationRow): Cell[] =>
    studentQuantities.flatMap((name) => {
      const { mean, standardError, z } = row.students?.comparison[name] ?? {
        mean: NaN,
        standardError: NaN,
        z: NaN,
      };
      return [mean, standardError, z];
    });
  return {
    columns: [
      ...['alpha', ...theoryColumns, 'branch', 'state'],
      ...(simulated
        ? studentQuantities.flatMap((name) => [`${name}Simulated`, `${name}StandardError`, `${name}Z`])
        : []),
    ],
    rows: rows.map((row) => [
      ...[row.load, ...theoryColumns.map((name) => row[name]), row.branch, stateOf(row)],
      ...(simulated ? measured(row) : []),
    ]),
  };
}

/** Loads by what there is to say about them. */
function grouped(said: readonly (readonly [load: number, text: string])[]): string[] {
  const loads = new Map<string, Set<number>>();
  for (const [load, text] of said) loads.set(text, (loads.get(text) ?? new Set()).add(load));
  return [...loads].map(
    ([text, at]) => `alpha ${[...at].map((load) => Number(load.toPrecision(6))).join(', ')}: ${text}`,
  );
}

/** What there is to say about rows besides their numbers. */
function remarksOf(rows: readonly GeneralizationRow[], { rule, batchSize }: GeneralizationConfig): string[] {
  const published = rows[0]?.gammaDecay ?? NaN;
  return [
    ...(rule === 'batch-normalization'
      ? [
          `theory is weight normalization with the published gamma decay ${published} of batch size ${batchSize!}`,
        ]
      : []),
    ...grouped(rows.flatMap(({ load, warning }) => (warning === undefined ? [] : [[load, warning]]))),
    ...grouped(
      rows.flatMap(({ load, students }) =>
        students === undefined || students.trained.outcome === 'converged'
          ? []
          : [[load, students.trained.message]],
      ),
    ),
  ];
}

/** `converged`, or how the first theory or else the first students that are not ended. */
function endingOf(rows: readonly GeneralizationRow[]): string {
  if (!rows.every((row) => row.converged)) return 'not-converged';
  const endings = rows.flatMap(({ students }) => (students === undefined ? [] : [students.trained.outcome]));
  return endings.find((ending) => ending !== 'converged') ?? 'converged';
}

async function curve(
  given: GeneralizationConfig,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<Executed> {
  const { config, result } = await runGeneralization(given, { signal, onProgress });
  const simulated = config.dimension !== undefined;
  const ending = endingOf(result);
  const starts = result.find(({ students }) => students !== undefined)?.students?.trained.starts;
  const entries = {
    outcome: signal.aborted ? 'aborted' : ending,
    remarks: remarksOf(result, config),
    ...(starts === undefined ? {} : { starts }),
  };
  return {
    result: { kind: 'generalization', config, entries, table: curveTable(result, simulated) },
    outcome: signal.aborted ? 'aborted' : ending === 'converged' ? 'done' : 'failed',
  };
}

/** `order-parameters generalization` */
export async function generalizationCommand(flags: Flags): Promise<void> {
  const given = parseConfig(generalizationSchema, await mergedConfig(flags));
  await execute('generalization', flags, async (signal, onProgress) => {
    if (given.flowTimes === undefined && !given.optimum) return curve(given, signal, onProgress);
    const { config, result } = given.optimum ? runOptimum(given) : runFlow(given);
    const columns = Object.keys(result[0]!);
    const table = { columns, rows: result.map((row) => Object.values(row) as number[]) };
    const kind = given.optimum ? 'generalization-optimum' : 'gradient-flow';
    return { result: { kind, config, entries: { outcome: 'done' }, table }, outcome: 'done' };
  });
}
