import { trustOf } from '../generalization/saddle/trust.js';
import type { LearningCurveRow } from './learning-curve.js';

/**
 * What a row is, in a word: `no-theory` where there are students alone; `not-converged`; `metastable` where another solution has a lower
 * training objective; otherwise how far replica symmetry holds: `stable`, `unstable` where the replicon is above 1, `approximate` where it
 * is not but the loss is not convex.
 */
export function stateOf(row: LearningCurveRow): string {
  if (row.generalizationError === null) return 'no-theory';
  if (!row.converged) return 'not-converged';
  if (row.metastable) return 'metastable';
  return trustOf({ replicon: row.replicon ?? 0, jumpDensity: row.jumpDensity ?? 0 });
}

/** Loads by what there is to say about them. */
function groupedByLoad(said: readonly (readonly [load: number, text: string])[]): string[] {
  const loads = new Map<string, Set<number>>();
  for (const [load, text] of said) loads.set(text, (loads.get(text) ?? new Set()).add(load));
  return [...loads].map(
    ([text, at]) => `load ${[...at].map((load) => Number(load.toPrecision(6))).join(', ')}: ${text}`,
  );
}

/** How the curve ended: `converged`, or how the first theory or else the first students that are not did, and what to say of it. */
export function endingOf(rows: readonly LearningCurveRow[]): { outcome: string; message: string } {
  const students = rows.flatMap(({ load, students: found }) =>
    found === undefined || found.trained.outcome === 'converged' ? [] : [[load, found.trained] as const],
  );
  const unfinished = groupedByLoad(students.map(([load, { message }]) => [load, message]));
  if (!rows.every((row) => row.converged)) {
    const loads = rows
      .filter((row) => !row.converged)
      .map(({ load }): [number, string] => [load, 'not converged']);
    return { outcome: 'not-converged', message: [...groupedByLoad(loads), ...unfinished].join('; ') };
  }
  if (students.length === 0) return { outcome: 'converged', message: 'every row converged' };
  return { outcome: students[0]![1].outcome, message: unfinished.join('; ') };
}

/** What wants caution in rows. */
export function warningsOf(rows: readonly LearningCurveRow[]): string[] {
  return groupedByLoad(rows.flatMap(({ load, warning }) => (warning === undefined ? [] : [[load, warning]])));
}
