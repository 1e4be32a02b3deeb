import { listOf, requireFunction, requireIncreasing, requirePositive, within } from '../foundation/checks.js';
import { elsewhere, optional, requireOptions, type OptionChecks } from '../foundation/options.js';
import type { RunControl } from '../foundation/turns.js';
import type { Initial } from '../dynamics/layout.js';
import { estimate, type Estimate } from '../numerics/statistics.js';
import { passingTimesAsync } from '../simulation/passing-times.js';
import type { LearningRateFamily } from '../stability/family.js';
import { solveAsync } from '../trajectory/solve.js';

/** Learning rates to be compared by the time that learning takes, the length free. */
export interface LearningRateScanOptions<Name extends string> {
  /** The rule for each learning rate. Whether η_γ follows η is its choice; it is best kept (docs/theory/learning-rates.md#a-free-length). */
  readonly family: LearningRateFamily<Name>;
  /** Order parameters at time 0. */
  readonly initial: Initial<Name>;
  /** Increasing η > 0. */
  readonly learningRates: readonly number[];
  /** Increasing overlaps below 1, whose times are asked for. */
  readonly overlaps: readonly number[];
  /** The longest that is waited, in units of steps/N. */
  readonly until: number;
  /** Students by the dimension-free engine, whose times are measured in place of those of the equations. */
  readonly students?: ScannedStudents | undefined;
}

/** An ensemble of students for each learning rate. */
export interface ScannedStudents {
  /** N; default 100 η²/M, at least 10,000. */
  readonly dimension?: number | undefined;
  /** Independent runs for each learning rate, ≥ 2. */
  readonly runs: number;
  /** Non-negative integer. */
  readonly seed: number;
  /** Which place of a sweep this is; default 0. */
  readonly sweepPoint?: number | undefined;
}

/** What one learning rate comes to. */
export interface ScannedRate {
  /** η */
  readonly learningRate: number;
  /** t = steps/N at which R first passes each overlap; undefined where it was not reached, or not by every student. */
  readonly times: readonly (Estimate | undefined)[];
  /** L when R passes the last overlap; undefined where that was not reached. */
  readonly length: Estimate | undefined;
  /** N of the students; undefined for the equations. */
  readonly dimension: number | undefined;
  /** `reached`: all overlaps; `not-reached`: not all by the end; `diverged`; `failed`: the solver gave up. */
  readonly outcome: 'reached' | 'not-reached' | 'diverged' | 'failed';
}

const checks: OptionChecks<LearningRateScanOptions<string>> = {
  family: (name, value) => requireFunction(name, value),
  // By the rule.
  initial: elsewhere,
  learningRates: requireIncreasing,
  overlaps: requireIncreasing,
  until: requirePositive,
  students: optional(elsewhere),
};

const requireOverlaps = listOf(within(-1, 1 - 1e-15));

const exactly = (mean: number): Estimate => ({ mean, standardError: 0 });

/** The times by the equations; undefined where the signal ended it. */
async function byEquations<Name extends string>(
  { family, initial, overlaps, until }: LearningRateScanOptions<Name>,
  learningRate: number,
  control: RunControl,
): Promise<ScannedRate | undefined> {
  const events = overlaps.map((level, i) => ({
    quantity: 'overlap',
    level,
    direction: 'rising' as const,
    condition: true,
    terminal: i === overlaps.length - 1,
  }));
  const run = await solveAsync({ rule: family(learningRate), initial, until, events }, control);
  if (run.outcome === 'aborted') return undefined;
  const outcome = { event: 'reached', 'reached-end': 'not-reached', diverged: 'diverged' } as const;
  const passed = overlaps.map((_, i) => run.events[i]);
  const last = passed.at(-1);
  return {
    learningRate,
    times: passed.map((event) => event && exactly(event.time)),
    length: last && exactly(last.orderParameters['length' as Name]),
    dimension: undefined,
    outcome: run.outcome in outcome ? outcome[run.outcome as keyof typeof outcome] : 'failed',
  };
}

/** N at which the equations hold at a learning rate, and the fluctuations are small. */
export function dimensionFor(learningRate: number, batchSize: number): number {
  return Math.max(10_000, Math.ceil((100 * learningRate ** 2) / batchSize));
}

/** The times by students. */
async function byStudents<Name extends string>(
  { family, initial, overlaps, until, students }: LearningRateScanOptions<Name>,
  learningRate: number,
  control: RunControl,
): Promise<ScannedRate | undefined> {
  const rule = family(learningRate);
  const { runs, seed, sweepPoint = 0 } = students!;
  const dimension = students?.dimension ?? dimensionFor(learningRate, rule.batchStep.batchSize);
  const options = { rule, initial, overlaps, until, dimension, runs, seed, sweepPoint };
  const found = await passingTimesAsync(options, control);
  if (found.length < runs) return undefined;
  const times = overlaps.map((_, i) => {
    const passed = found.map((student) => student.times[i]);
    return passed.every((time) => time !== undefined) ? estimate(passed) : undefined;
  });
  const ended = times.includes(undefined) ? 'not-reached' : 'reached';
  return {
    learningRate,
    times,
    length: times.at(-1) && estimate(found.map(({ length }) => length)),
    dimension,
    outcome: found.some(({ diverged }) => diverged) ? 'diverged' : ended,
  };
}

/**
 * How long a student takes to reach given overlaps at each of several learning rates, its length free, by the equations or by
 * students (docs/theory/learning-rates.md#a-free-length).
 *
 * @returns a row for each learning rate; fewer where the signal ended it
 * @throws (as a rejection) RangeError or TypeError for a bad argument, naming it
 * @example
 * const family = (learningRate) => weightNormalization({ activation: identity, learningRate, gammaLearningRate: 1, batchSize: 8 });
 * const initial = { gamma: 0.5, overlap: 0.1, length: 1 };
 * const [row] = await scanLearningRatesAsync({ family, initial, learningRates: [5000], overlaps: [0.9999], until: 100 });
 * row.times[0].mean; // 3.7310
 */
export async function scanLearningRatesAsync<Name extends string>(
  options: LearningRateScanOptions<Name>,
  { signal, onProgress }: RunControl = {},
): Promise<ScannedRate[]> {
  requireOptions('options', options, checks);
  requireOverlaps('overlaps', options.overlaps);
  requirePositive('learningRates[0]', options.learningRates[0]);
  const { learningRates, students } = options;
  const rows: ScannedRate[] = [];
  for (const learningRate of learningRates) {
    const heard = (fraction: number): void => onProgress?.((rows.length + fraction) / learningRates.length);
    const scanned = students === undefined ? byEquations : byStudents;
    const row = await scanned(options, learningRate, { signal, onProgress: heard });
    if (row === undefined) break;
    rows.push(row);
  }
  return rows;
}
