import { studentQuantities } from '../../comparison/students-and-theory.js';
import type { Cell, Executed, Table } from '../result.js';
import type { RunControl } from '../../foundation/turns.js';
import { runFlow, runGeneralization, runOptimum, type GeneralizationRow } from '../run-generalization.js';
import type { GeneralizationConfig } from '../schema.js';

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

async function executeCurve(given: GeneralizationConfig, control: RunControl): Promise<Executed> {
  const { config, result } = await runGeneralization(given, control);
  const simulated = config.dimension !== undefined;
  const ending = control.signal?.aborted === true ? 'aborted' : endingOf(result);
  const starts = result.find(({ students }) => students !== undefined)?.students?.trained.starts;
  const entries = {
    outcome: ending,
    remarks: remarksOf(result, config),
    ...(starts === undefined ? {} : { starts }),
  };
  return {
    result: { kind: 'generalization', config, entries, table: curveTable(result, simulated) },
    outcome: ending === 'aborted' ? 'aborted' : ending === 'converged' ? 'done' : 'failed',
  };
}

/** What `generalization` prints. */
export async function executeGeneralization(
  given: GeneralizationConfig,
  control: RunControl,
): Promise<Executed> {
  if (given.flowTimes === undefined && !given.optimum) return executeCurve(given, control);
  const { config, result } = given.optimum ? runOptimum(given) : runFlow(given);
  const columns = Object.keys(result[0]!);
  const table = { columns, rows: result.map((row) => Object.values(row) as number[]) };
  const kind = given.optimum ? 'generalization-optimum' : 'gradient-flow';
  return { result: { kind, config, entries: { outcome: 'done' }, table }, outcome: 'done' };
}
