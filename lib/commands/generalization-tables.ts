import { stateOf } from '../comparison/curve-ending.js';
import type { LearningCurveRow } from '../comparison/learning-curve.js';
import { studentQuantities } from '../comparison/students-and-theory.js';
import type { Cell, Table } from '../config/result.js';
import type { BatchNormalizedTask } from '../generalization/linear/batch-normalized.js';
import { bestRegularization } from '../generalization/linear/best-regularization.js';
import { gradientFlow } from '../generalization/linear/gradient-flow.js';
import type { LinearTask } from '../generalization/linear/linear.js';

const theoryColumns = [
  'gammaDecay',
  'gamma',
  'overlap',
  'generalizationError',
  'trainingError',
  'susceptibility',
  'replicon',
  'jumpDensity',
] as const;

/** What was measured of students at a row, with its deviation from the theory if there is one. */
function measured({ students }: LearningCurveRow): Cell[] {
  return studentQuantities.flatMap((name) => {
    // A run alone has no standard error.
    if (students === undefined || students.trained.runs < 2) return [NaN, NaN, NaN];
    const { mean, standardError } = students.trained[name];
    return [mean, standardError, students.comparison[name]?.z ?? null];
  });
}

/** Learning curves, and the students trained beside them where there are any. */
export function curveTable(rows: readonly LearningCurveRow[], simulated: boolean): Table {
  return {
    columns: [
      ...['load', ...theoryColumns, 'branch', 'state'],
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

/** A linear task at every load. */
type AtLoads<Task extends LinearTask> = Omit<Task, 'load'> & { readonly load: readonly number[] };

const flowQuantities = ['gamma', 'overlap', 'generalizationError', 'trainingError'] as const;

/** The linear student after gradient flow with one ζ, for every load and time. */
export function flowTable(
  { load: loads, noiseVariance, teacherLength }: AtLoads<Required<LinearTask>>,
  gammaDecay: number,
  times: readonly number[],
): Table {
  const task = { noiseVariance, teacherLength, gammaDecay };
  return {
    columns: ['load', 'time', ...flowQuantities],
    rows: loads.flatMap((load) =>
      times.map((time) => {
        const point = gradientFlow({ ...task, load, time });
        return [load, time, ...flowQuantities.map((name) => point[name])];
      }),
    ),
  };
}

/** The best regularization of the linear student at every load. */
export function optimumTable({
  load: loads,
  noiseVariance,
  teacherLength,
  statistics,
  start,
}: AtLoads<Required<LinearTask> & BatchNormalizedTask>): Table {
  const task = { noiseVariance, teacherLength, statistics, start };
  const found = loads.map((load) => ({ load, ...bestRegularization({ load, ...task }) }));
  return { columns: Object.keys(found[0]!), rows: found.map((row) => Object.values(row)) };
}
