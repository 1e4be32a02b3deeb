import { asPart, runTurns, withoutRest, type RunControl } from '../foundation/turns.js';
import { isIdentity } from '../gaussian/activation.js';
import type { TestStatistics } from '../generalization/linear/batch-normalized.js';
import { estimate, type Estimate } from '../numerics/statistics.js';
import type { StudentFigures, TrainingEnding } from './student-figures.js';
import { checkedSampleCount, type TrainStudentsOptions } from './train-options.js';
import { trainOne } from './train-one.js';

/** A quantity that `trainStudents` measures. */
export type StudentQuantity = keyof StudentFigures;

/** Students trained on finite training sets, measured. */
export interface TrainedStudents extends Readonly<Record<StudentQuantity, Estimate>> {
  /**
   * `converged`, or the worst ending of a run: `not-converged` where a minimization stopped above its tolerance, `step-limit`
   * where the loss was still falling at the end, `diverged`; `aborted` keeps the runs that were complete.
   */
  readonly outcome: TrainingEnding | 'aborted';
  /** The outcome in words, with what may help. */
  readonly message: string;
  /** P. */
  readonly sampleCount: number;
  /** Runs that were measured; those that diverged are not. */
  readonly runs: number;
  /** The seed that was given. */
  readonly seed: number;
  /** Where training began, in words. */
  readonly starts: string;
  /** What test-time fields are normalized by, in words. */
  readonly statistics: TestStatistics;
  /** Every quantity run by run. */
  readonly values: Readonly<Record<StudentQuantity, readonly number[]>>;
}

interface Progress {
  readonly figures: StudentFigures[];
  readonly endings: TrainingEnding[];
}

const quantities: readonly StudentQuantity[] = [
  'generalizationError',
  'gamma',
  'overlap',
  'trainingError',
  'fieldDeviation',
];
const worstFirst: readonly TrainingEnding[] = ['diverged', 'not-converged', 'step-limit'];

/** Trains all runs, one after another; yields the fraction done so that callers can rest. */
function* train(
  options: TrainStudentsOptions,
  sampleCount: number,
  progress: Progress,
): Generator<number, void> {
  for (let run = 0; run < options.runs; run++) {
    const training = trainOne(options, sampleCount, run);
    const { ending, figures } = yield* asPart(training, () => run / options.runs);
    progress.endings.push(ending);
    if (ending !== 'diverged') progress.figures.push(figures);
    yield (run + 1) / options.runs;
  }
}

/** What may make training end better. */
const remedies: Readonly<Record<TrainingEnding, string>> = {
  converged: '',
  'not-converged': ': take a larger gammaDecay, or another seed',
  'step-limit': ': raise until',
  diverged: ': take a smaller learningRate',
};

function startsOf(options: TrainStudentsOptions): string {
  if (options.rule !== 'weight-normalization') {
    return `random direction orthogonal to the teacher, length ${options.initialLength ?? 0.01}, gamma 1`;
  }
  if (isIdentity(options.activation)) return 'none, a unique minimum';
  const { randomStarts = 1, teacherStart = false } = options;
  const random = `${randomStarts} random`;
  return teacherStart ? `lowest loss of ${random} and the teacher` : `lowest loss of ${random}`;
}

function resultOf(
  options: TrainStudentsOptions,
  sampleCount: number,
  { figures, endings }: Progress,
  aborted: boolean,
): TrainedStudents {
  const worst = worstFirst.find((ending) => endings.includes(ending)) ?? 'converged';
  const outcome = aborted ? 'aborted' : worst;
  const alike = endings.filter((ending) => ending === worst).length;
  const values = Object.fromEntries(
    quantities.map((name) => [name, figures.map((figure) => figure[name])]),
  ) as Record<StudentQuantity, number[]>;
  const estimates = Object.fromEntries(
    quantities.map((name) => [name, estimate(values[name])]),
  ) as unknown as Record<StudentQuantity, Estimate>;
  const onSet = options.rule === 'batch-normalization' && options.statistics === 'training';
  return {
    ...estimates,
    outcome,
    message: aborted
      ? `aborted in run ${endings.length}`
      : `${worst} in ${alike} of ${endings.length} runs${remedies[worst]}`,
    sampleCount,
    runs: figures.length,
    seed: options.seed,
    starts: startsOf(options),
    statistics: onSet ? 'training' : 'population',
    values,
  };
}

/**
 * Trains students on finite training sets of P = round(αN) samples and measures them. The same options give the same numbers.
 *
 * `weight-normalization` minimizes (1/P)Σ½(t − g(h))² + ½ζγ² over γ and the direction; `sgd` and `batch-normalization` make
 * steps on random minibatches at a learning rate that is halved as the loss settles. Means over runs differ from theory at
 * N → ∞ by O(1/N), besides their standard error.
 *
 * @throws RangeError or TypeError for a bad argument, naming it
 * @example
 * const students = trainStudents({
 *   rule: 'weight-normalization', activation: relu, gammaDecay: 0.25, noiseVariance: 0.05,
 *   load: 2, dimension: 100, runs: 8, seed: 1, randomStarts: 2, teacherStart: true,
 * });
 * students.sampleCount; // 200
 */
export function trainStudents(options: TrainStudentsOptions): TrainedStudents {
  const sampleCount = checkedSampleCount(options);
  const progress: Progress = { figures: [], endings: [] };
  withoutRest(train(options, sampleCount, progress));
  return resultOf(options, sampleCount, progress, false);
}

/**
 * As `trainStudents`, with the same numbers, yielding to the event loop between turns.
 *
 * @throws (as a rejection) RangeError or TypeError for a bad argument, naming it
 * @example
 * await trainStudentsAsync({ rule: 'weight-normalization', activation: identity, load: 2, dimension: 50, runs: 4, seed: 1 });
 */
export async function trainStudentsAsync(
  options: TrainStudentsOptions,
  control: RunControl = {},
): Promise<TrainedStudents> {
  const sampleCount = checkedSampleCount(options);
  const progress: Progress = { figures: [], endings: [] };
  const ended = await runTurns(train(options, sampleCount, progress), control);
  return resultOf(options, sampleCount, progress, ended && progress.endings.length < options.runs);
}
