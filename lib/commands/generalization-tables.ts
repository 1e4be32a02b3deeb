import { stateOf } from '../comparison/curve-ending.js';
import type { LearningCurveRow } from '../comparison/learning-curve.js';
import { studentQuantities } from '../comparison/students-and-theory.js';
import { itemTable, itself, type Column, type Table } from '../config/result.js';
import type { BatchNormalizedTask } from '../generalization/linear/batch-normalized.js';
import { bestRegularization } from '../generalization/linear/best-regularization.js';
import { gradientFlow } from '../generalization/linear/gradient-flow.js';
import type { LinearTask } from '../generalization/linear/linear.js';
import type { Estimate } from '../numerics/statistics.js';

const curveColumns: readonly Column<LearningCurveRow>[] = [
  ...(['load', 'gammaDecay', 'gamma', 'overlap', 'generalizationError'] as const).map(itself),
  ...(['trainingError', 'susceptibility', 'replicon', 'jumpDensity', 'branch'] as const).map(itself),
  ['state', stateOf],
];

/** What was measured of students, with its deviation from the theory if there is one; a run alone has no standard error. */
const studentColumns = studentQuantities.flatMap((name): Column<LearningCurveRow>[] => {
  const measured = ({ students }: LearningCurveRow): Estimate =>
    students === undefined || students.trained.runs < 2
      ? { mean: NaN, standardError: NaN }
      : students.trained[name];
  return [
    [`${name}Simulated`, (row) => measured(row).mean],
    [`${name}StandardError`, (row) => measured(row).standardError],
    [`${name}Z`, (row) => row.students?.comparison[name]?.z ?? (row[name] === null ? null : NaN)],
  ];
});

/** Learning curves, and the students trained beside them where there are any. */
export function curveTable(rows: readonly LearningCurveRow[], withStudents: boolean): Table {
  return itemTable(rows, withStudents ? [...curveColumns, ...studentColumns] : curveColumns);
}

/** A linear task at every load. */
type AtLoads<Task extends LinearTask> = Omit<Task, 'load'> & { readonly load: readonly number[] };

const flowColumns = (
  ['load', 'time', 'gamma', 'overlap', 'generalizationError', 'trainingError'] as const
).map(itself);

/** The linear student after gradient flow with one ζ, for every load and time. */
export function flowTable(
  { load: loads, noiseVariance, teacherLength }: AtLoads<Required<LinearTask>>,
  gammaDecay: number,
  times: readonly number[],
): Table {
  const task = { noiseVariance, teacherLength, gammaDecay };
  const points = loads.flatMap((load) => times.map((time) => gradientFlow({ ...task, load, time })));
  return itemTable(points, flowColumns);
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
