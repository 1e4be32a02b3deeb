import { itemTable, itself, type Table } from '../config/result.js';
import type { BatchNormalizedTask } from '../generalization/linear/batch-normalized.js';
import { bestRegularization } from '../generalization/linear/best-regularization.js';
import { gradientFlow } from '../generalization/linear/gradient-flow.js';
import type { LinearTask } from '../generalization/linear/linear.js';

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
