import { argumentError } from '../../foundation/checks.js';
import { studentQuantities } from '../../comparison/students-and-theory.js';
import {
  runFlow,
  runGeneralization,
  runOptimum,
  type GeneralizationRow,
} from '../../config/run-generalization.js';
import type { RunControl } from '../../foundation/turns.js';
import { generalizationSchema, parseConfig } from '../../config/schema.js';
import type { CurveData, DataColumns } from './data-columns.js';
import type { GeneralizationFigureCurve } from './schema.js';

/** The named entries of rows, each as a column. */
function columnsOf<Name extends string>(
  rows: readonly Readonly<Record<Name, number>>[],
  names: readonly Name[],
): Record<string, number[]> {
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]));
}

/** A figure must not hide that a point is not the one solution there is. */
function requireOneBranch(label: string, rows: readonly GeneralizationRow[]): void {
  const row = rows.find(({ branch, converged }) => branch !== 'only' || !converged);
  if (row === undefined) return;
  const reason = row.converged ? 'two solutions coexist' : 'the saddle point did not converge';
  throw argumentError(`curve ${label}: ${reason} at alpha = ${row.load}`);
}

async function students(
  { generalization, simulation }: GeneralizationFigureCurve,
  control: RunControl,
): Promise<CurveData['marks']> {
  if (simulation === undefined) return undefined;
  const given = parseConfig(generalizationSchema, { ...generalization, ...simulation });
  const { config, result } = await runGeneralization(given, control);
  const measured = (part: 'mean' | 'standardError'): Record<string, number[]> =>
    Object.fromEntries(
      studentQuantities.map((name) => [name, result.map((row) => row.students?.trained[name][part] ?? NaN)]),
    );
  const columns = {
    alpha: result.map(({ load }) => load),
    gammaDecay: result.map(({ gammaDecay }) => gammaDecay),
    ...measured('mean'),
  };
  return { config, points: { columns, errors: measured('standardError') } };
}

/** The best ζ or stopping time of each load, as marks. */
function optimumData({ generalization, over }: GeneralizationFigureCurve): CurveData {
  const { config, result } = runOptimum(generalization);
  const columns: DataColumns['columns'] = {
    alpha: result.map(({ alpha }) => alpha),
    gammaDecay: result.map(({ optimalGammaDecay }) => optimalGammaDecay),
    time: result.map(({ bestStoppingTime }) => bestStoppingTime),
    generalizationError: result.map((row) => (over === 'time' ? row.stoppedError : row.optimalError)),
  };
  return { config, line: { columns }, marks: { config, points: { columns } } };
}

/** Computes what a generalization curve is drawn from. */
export async function generalizationData(
  curve: GeneralizationFigureCurve,
  control: RunControl,
): Promise<CurveData> {
  const { generalization, over, show, label } = curve;
  if (show === 'optimum') return optimumData(curve);
  if (over === 'time') {
    const { config, result } = runFlow(generalization);
    return { config, line: { columns: columnsOf(result, ['time', ...studentQuantities]) } };
  }
  const { config, result } = await runGeneralization(generalization);
  requireOneBranch(label, result);
  const rows = result.map((row) => ({ ...row, alpha: row.load }));
  const columns = columnsOf(rows, ['alpha', 'gammaDecay', ...studentQuantities]);
  const marks = await students(curve, control);
  return { config, line: { columns }, ...(marks === undefined ? {} : { marks }) };
}
