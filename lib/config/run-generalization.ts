import { compareStudents, type StudentComparison } from '../comparison/students-and-theory.js';
import { publishedGammaDecay } from '../comparison/published-decay.js';
import {
  isArgumentError,
  argumentError,
  rangeError,
  requireIncreasing,
  requirePositive,
} from '../foundation/checks.js';
import { rest } from '../foundation/turns.js';
import { isIdentity, type Activation } from '../gaussian/activation.js';
import { bestStoppingTime } from '../generalization/linear/best-stopping-time.js';
import { generalizationCurveAsync } from '../generalization/saddle/curve.js';
import { gradientFlow } from '../generalization/linear/gradient-flow.js';
import { linearGeneralization } from '../generalization/linear/linear.js';
import { optimalBatchSize, optimalGammaDecay } from '../generalization/linear/optimal-decay.js';
import type { SaddlePoint } from '../generalization/saddle/saddle-types.js';
import { trainStudentsAsync, type TrainedStudents } from '../training/train-students.js';
import { checkedSampleCount, type TrainStudentsOptions } from '../training/train-options.js';
import { activationOf } from '../gaussian/activations/index.js';
import { checkEntries, setsItsDecay } from './generalization-entries.js';
import type { Configured } from './run-config.js';
import type { RunControl } from '../foundation/turns.js';
import { generalizationSchema, parseConfig, type GeneralizationConfig } from './schema.js';

/** A learning curve's solution at one load and one ζ. */
export interface GeneralizationRow {
  readonly load: number;
  readonly gammaDecay: number;
  readonly gamma: number;
  readonly overlap: number;
  readonly generalizationError: number;
  readonly trainingError: number;
  readonly susceptibility: number;
  /** Which way the branch was followed, `only` where both ways agree. */
  readonly branch: 'only' | 'upward' | 'downward';
  /** Whether another solution at the same load has a lower training objective. */
  readonly metastable: boolean;
  readonly converged: boolean;
  readonly warning: string | undefined;
  /** Students trained at this load beside the row, where they were asked for. */
  readonly students?: {
    readonly trained: TrainedStudents;
    readonly comparison: Readonly<Record<string, StudentComparison>>;
  };
}

/** The strengths of gamma decay that the configuration stands for. */
function decaysOf({ rule, gammaDecay, batchSize }: GeneralizationConfig, activation: Activation): number[] {
  if (rule === 'sgd') return [0];
  if (rule === 'batch-normalization') return [publishedGammaDecay(activation, batchSize!)];
  return gammaDecay ?? [0];
}

type Solved = Omit<GeneralizationRow, 'students'>;

function rowOf(
  point: SaddlePoint,
  gammaDecay: number,
  branch: Solved['branch'],
  metastable: boolean,
): Solved {
  const { load, gamma, overlap, generalizationError, trainingError, susceptibility } = point;
  return {
    ...{ load, gammaDecay, gamma, overlap, generalizationError, trainingError, susceptibility },
    ...{ branch, metastable, converged: point.outcome === 'converged', warning: point.warning },
  };
}

/**
 * Closed forms for the linear student of a linear teacher, saddle points otherwise: both branches where they differ. Nothing
 * where an abort came before the end.
 */
async function solveCurve(
  config: GeneralizationConfig,
  activation: Activation,
  teacherActivation: Activation,
  gammaDecay: number,
  control: RunControl,
): Promise<Solved[]> {
  const { alpha, noiseVariance, teacherLength } = config;
  if (isIdentity(activation) && isIdentity(teacherActivation)) {
    return alpha.map((load) => {
      const { note, ...point } = linearGeneralization({ load, gammaDecay, noiseVariance, teacherLength });
      return { ...point, gammaDecay, branch: 'only', metastable: false, converged: true, warning: note };
    });
  }
  const problem = { activation, teacherActivation, gammaDecay, noiseVariance, teacherLength };
  const curve = await generalizationCurveAsync({ ...problem, loads: alpha }, control);
  const { upward, downward, points } = curve;
  return points.flatMap(({ lowest, coexisting }, i) => {
    const branches = { upward: upward[i]!, downward: downward[i]! };
    if (!coexisting)
      return [rowOf(branches[lowest === 'none' ? 'upward' : lowest], gammaDecay, 'only', false)];
    return (['upward', 'downward'] as const).map((name) =>
      rowOf(branches[name], gammaDecay, name, name !== lowest),
    );
  });
}

function studentsOptions(
  config: GeneralizationConfig,
  activation: Activation,
  { load, gammaDecay }: Pick<Solved, 'load' | 'gammaDecay'>,
  place: number,
): TrainStudentsOptions {
  const {
    rule,
    dimension,
    engine,
    runs,
    seed,
    noiseVariance,
    randomStarts,
    teacherStart,
    sweepPoint = 0,
  } = config;
  // Every row has runs, and streams, of its own.
  const streams = { seed, firstRun: place * runs, sweepPoint, ...(engine === undefined ? {} : { engine }) };
  const common = { activation, load, dimension: dimension!, noiseVariance, runs, ...streams };
  if (setsItsDecay(rule)) {
    const { learningRate, batchSize = 1, until } = config;
    return { ...common, rule, learningRate, batchSize, until };
  }
  return { ...common, rule: 'weight-normalization', gammaDecay, randomStarts, teacherStart };
}

/** Refuses what students cannot be trained with before the theory is solved, which may take minutes. */
function checkStudents(config: GeneralizationConfig, activation: Activation): void {
  for (const load of config.alpha) {
    try {
      checkedSampleCount(studentsOptions(config, activation, { load, gammaDecay: 0 }, 0));
    } catch (error) {
      // What the library calls the load of a training set is here an entry of alpha.
      if (!(isArgumentError(error) && error.message.startsWith('`load`'))) throw error;
      throw argumentError(error.message.replaceAll('load', 'alpha'), { cause: error });
    }
  }
}

/** Fills in what depends on other entries, so that the printed configuration says all that was used. */
function completed(given: GeneralizationConfig): GeneralizationConfig {
  checkEntries(given);
  requirePositive('alpha[0]', given.alpha[0]!);
  requireIncreasing('alpha', given.alpha);
  const defaults = setsItsDecay(given.rule) || given.optimum ? {} : { gammaDecay: given.gammaDecay ?? [0] };
  return parseConfig(generalizationSchema, { ...given, ...defaults });
}

/**
 * The learning curves that a configuration asks for, and students trained beside them. A row for each ζ and load, two where
 * two solutions coexist. An abort leaves out the students that were not complete.
 */
export async function runGeneralization(
  given: GeneralizationConfig,
  { signal, onProgress }: RunControl = {},
): Promise<Configured<GeneralizationConfig, GeneralizationRow[]>> {
  const config = completed(given);
  const activation = await activationOf(config.activation);
  const { teacherActivation: teacherName = config.activation } = config;
  const teacher = teacherName === config.activation ? activation : await activationOf(teacherName);
  if (config.dimension !== undefined) checkStudents(config, activation);
  const solved: Solved[] = [];
  const decays = decaysOf(config, activation);
  for (const [i, decay] of decays.entries()) {
    // Where students follow, the bar is theirs.
    const solving = (fraction: number): void => {
      if (config.dimension === undefined) onProgress?.((i + fraction) / decays.length);
    };
    solved.push(...(await solveCurve(config, activation, teacher, decay, { signal, onProgress: solving })));
    await rest();
    if (signal?.aborted) return { config, result: solved };
  }
  if (config.dimension === undefined) return { config, result: solved };
  const rows: GeneralizationRow[] = [];
  for (const row of solved) {
    const trained = await trainStudentsAsync(studentsOptions(config, activation, row, rows.length), {
      signal,
      onProgress: (fraction) => onProgress?.((rows.length + fraction) / solved.length),
    });
    if (signal?.aborted) return { config, result: [...rows, ...solved.slice(rows.length)] };
    // Runs that diverged are not measured, and one alone has no standard error.
    const comparison = trained.runs < 2 ? {} : compareStudents(trained, row);
    rows.push({ ...row, students: { trained, comparison } });
  }
  return { config, result: rows };
}

/** Gradient flow from w = 0 stopped at a time. */
export interface FlowRow {
  readonly alpha: number;
  readonly time: number;
  readonly gamma: number;
  readonly overlap: number;
  readonly generalizationError: number;
  readonly trainingError: number;
}

/** The linear student after gradient flow, for every load and time of a configuration. */
export function runFlow(given: GeneralizationConfig): Configured<GeneralizationConfig, FlowRow[]> {
  const config = completed(given);
  const { alpha, flowTimes = [], noiseVariance, teacherLength, gammaDecay = [0] } = config;
  if (gammaDecay.length !== 1)
    throw rangeError('gammaDecay', 'one number where flowTimes is given', gammaDecay);
  const result = alpha.flatMap((load) =>
    flowTimes.map((time) => {
      const options = { load, time, noiseVariance, teacherLength, gammaDecay: gammaDecay[0]! };
      const { gamma, overlap, generalizationError, trainingError } = gradientFlow(options);
      return { alpha: load, time, gamma, overlap, generalizationError, trainingError };
    }),
  );
  return { config, result };
}

/** The best regularization of the linear student at a load, by decay and by stopping early. */
export interface OptimumRow {
  readonly alpha: number;
  readonly optimalGammaDecay: number;
  readonly optimalError: number;
  /** The batch size whose published ζ is the optimal one; Infinity without noise. */
  readonly optimalBatchSize: number;
  readonly bestStoppingTime: number;
  readonly stoppedError: number;
}

/** The optimal gamma decay, batch size and stopping time of every load of a configuration. */
export function runOptimum(given: GeneralizationConfig): Configured<GeneralizationConfig, OptimumRow[]> {
  const config = completed(given);
  const { alpha, noiseVariance, teacherLength } = config;
  const result = alpha.map((load) => {
    const task = { load, noiseVariance, teacherLength };
    const gammaDecay = optimalGammaDecay(task);
    const stopped = bestStoppingTime(task);
    return {
      alpha: load,
      optimalGammaDecay: gammaDecay,
      optimalError: linearGeneralization({ ...task, gammaDecay }).generalizationError,
      optimalBatchSize: noiseVariance === 0 ? Infinity : optimalBatchSize(task),
      bestStoppingTime: stopped.time,
      stoppedError: stopped.generalizationError,
    };
  });
  return { config, result };
}
