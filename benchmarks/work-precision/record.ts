import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { fileProblem } from '../../lib/foundation/file-problem.js';
import { oneLine } from '../../lib/config/one-line.js';
import type { WorkPrecisionPoint } from './measure-run.js';
import { groupBy } from './report.js';

const COLUMNS = ['tolerance', 'error', 'evaluations', 'milliseconds', 'outcome'];

const amount = z.number().nonnegative();
// What went wrong stands at the end, where something did.
const rowSchema = z.tuple([amount, amount.nullable(), amount, amount.nullable(), z.string().optional()]);

const recordSchema = z.object({
  runs: z.array(
    z.object({ problem: z.string(), library: z.string(), method: z.string(), points: z.array(rowSchema) }),
  ),
});

/** To three digits: repeated timings agree to no more, and a diagram shows no more. */
const short = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(3)));

function rowOf({ tolerance, error, evaluations, milliseconds, outcome }: WorkPrecisionPoint): unknown[] {
  const row = [tolerance, short(error), evaluations, short(milliseconds)];
  return outcome === 'reached-end' ? row : [...row, outcome];
}

/** Points and the machine that they were measured on as JSON, one line for each method on each problem. */
export function recordOf(machine: object, points: readonly WorkPrecisionPoint[]): string {
  const runs = groupBy(points, ({ problem, library, method }) =>
    JSON.stringify({ problem, library, method }).slice(0, -1),
  );
  const lines = [...runs].map(([run, ofRun]) => `${run},"points":${JSON.stringify(ofRun.map(rowOf))}}`);
  const head = `{"machine":${JSON.stringify(machine)},\n"columns":${JSON.stringify(COLUMNS)},\n`;
  return `${head}"runs":[\n${lines.join(',\n')}\n]}\n`;
}

/**
 * The points of a record.
 *
 * @throws RangeError naming the file, when it cannot be read or is something else
 */
export function readRecord(path: string): WorkPrecisionPoint[] {
  let record: unknown;
  try {
    record = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new RangeError(`cannot read ${path}: ${fileProblem(error)}`, { cause: error });
  }
  const { data, error } = recordSchema.safeParse(record);
  if (data === undefined) {
    const [{ path: at, message }] = error.issues;
    throw new RangeError(`${path} holds no work-precision points: ${oneLine(`${at.join('.')}: ${message}`)}`);
  }
  return data.runs.flatMap(({ points, ...run }) =>
    points.map(([tolerance, error, evaluations, milliseconds, outcome = 'reached-end']) => ({
      ...run,
      tolerance,
      error,
      evaluations,
      milliseconds,
      outcome,
    })),
  );
}
