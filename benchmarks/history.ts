import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { dirname } from 'node:path';
import * as z from 'zod';
import { fileProblem } from '../lib/foundation/file-problem.js';
import { oneLine } from '../lib/config/one-line.js';
import { packageVersion } from '../lib/config/package-version.js';
import { RESULTS } from './measure.js';

/** Where runs are kept, one line of JSON each. */
export const HISTORY = `${RESULTS}/history.jsonl`;

const measurementSchema = z.object({
  name: z.string(),
  ratio: z.string(),
  problem: z.string(),
  better: z.enum(['smaller', 'larger']),
  median: z.number().positive(),
  interval: z.tuple([z.number(), z.number()]),
  coverage: z.number(),
  ratios: z.array(z.array(z.number().positive()).min(1)).min(1),
});

const runSchema = z.object({
  suite: z.literal('speed'),
  time: z.string(),
  version: z.string(),
  commit: z.string().nullable(),
  node: z.string(),
  cpu: z.string(),
  cores: z.number(),
  quick: z.boolean(),
  benchmarks: z.array(measurementSchema).min(1),
});

/**
 * What a benchmark gave: the ratios of all pairs, process by process, and the median over processes of their medians with its
 * interval.
 */
export type Measurement = z.infer<typeof measurementSchema>;

/** A run of benchmarks and where it was made. */
export type Run = z.infer<typeof runSchema>;

/** The commit that is checked out, with -dirty after it where files differ from it; null without git. */
function commit(): string | null {
  const { status, stdout } = spawnSync(
    'git',
    ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'],
    {
      encoding: 'utf8',
    },
  );
  return status === 0 ? stdout.trim() : null;
}

/** A run made here and now. */
export function runOf(benchmarks: Measurement[], quick: boolean): Run {
  return {
    suite: 'speed',
    time: new Date().toISOString(),
    version: packageVersion(),
    commit: commit(),
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    quick,
    benchmarks,
  };
}

/** Adds a run to a history. */
export function append(path: string, run: Run): void {
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(path, `${JSON.stringify(run)}\n`);
}

function parsed(path: string, text: string, line: number): Run {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RangeError(`${path} is not a benchmark result: line ${line} is not JSON`, { cause: error });
  }
  const { data, error } = runSchema.safeParse(value);
  if (data !== undefined) return data;
  const [{ path: at, message }] = error.issues;
  const where = [`line ${line}`, ...(at.length > 0 ? [at.join('.')] : [])].join(': ');
  throw new RangeError(`${path} is not a benchmark result: ${where}: ${oneLine(message)}`);
}

/** Texts of the runs of a history, or of the one of a file that holds a single result. */
function textsOf(path: string): string[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new RangeError(`cannot read ${path}: ${fileProblem(error)}`, { cause: error });
  }
  if (text === '') throw new RangeError(`${path} is not a benchmark result: it is empty`);
  // A single result may be written over many lines; a line of a history never is.
  return text.startsWith('{\n') ? [text] : text.split('\n');
}

/**
 * The runs of a history, oldest first, or the one of a file that holds a single result.
 *
 * @throws RangeError naming the file, when it cannot be read or is neither
 */
export function readRuns(path: string): Run[] {
  return textsOf(path).map((text, i) => parsed(path, text, i + 1));
}

/** The last of these runs; those before may be of any shape. */
export function readLastRun(path: string): Run {
  const texts = textsOf(path);
  return parsed(path, texts.at(-1)!, texts.length);
}
