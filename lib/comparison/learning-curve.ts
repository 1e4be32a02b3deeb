import { normalizesByBatch } from '../dynamics/rules/index.js';
import { rest, type RunControl } from '../foundation/turns.js';
import { isIdentity, type Activation } from '../gaussian/activation.js';
import {
  batchNormalizedGeneralization,
  type StartLength,
  type TestStatistics,
} from '../generalization/linear/batch-normalized.js';
import { linearReplicon } from '../generalization/saddle/linear-point.js';
import { linearGeneralization } from '../generalization/linear/linear.js';
import { generalizationCurveAsync } from '../generalization/saddle/curve.js';
import type { SaddlePoint } from '../generalization/saddle/saddle-types.js';
import {
  checkedSampleCount,
  minibatchRules,
  type TrainingEngine,
  type TrainStudentsOptions,
} from '../training/train-options.js';
import { trainStudentsAsync, type TrainedStudents } from '../training/train-students.js';
import { compareStudents, type StudentComparison, type StudentTheory } from './students-and-theory.js';

/** Students that are trained beside a learning curve. */
export interface CurveStudents {
  readonly dimension: number;
  readonly engine?: TrainingEngine | undefined;
  readonly runs: number;
  readonly seed: number;
  readonly sweepPoint: number;
  /** Of the rules that minimize. */
  readonly randomStarts: number;
  readonly teacherStart: boolean;
  /** Of the rules that make steps. */
  readonly learningRate: number;
  readonly until: number;
  readonly patience: number;
}

/** Learning curves at large (P, N), and students trained beside them. */
export interface LearningCurveOptions {
  /**
   * `sgd` is the limit ζ → 0⁺; `batch-normalization` has a theory for the linear unit of a linear teacher alone, normalization by one
   * statistic none.
   */
  readonly rule: 'weight-normalization' | 'population-normalization' | keyof typeof minibatchRules;
  readonly activation: Activation;
  readonly teacherActivation: Activation;
  /** Increasing loads α = P/N > 0. */
  readonly loads: readonly number[];
  /** ζ, a curve for each, of the rules that do not set it themselves. */
  readonly gammaDecays: readonly number[];
  /** M; batch normalization needs it. */
  readonly batchSize?: number | undefined;
  /** Of batch normalization, as in `BatchNormalizedTask`. */
  readonly statistics?: TestStatistics | undefined;
  readonly start?: StartLength | undefined;
  readonly noiseVariance: number;
  readonly teacherLength: number;
  readonly students?: CurveStudents | undefined;
}

/** A learning curve's solution at one load and one ζ; null is what has no theory. */
export interface LearningCurveRow extends Readonly<Record<keyof StudentTheory, number | null>> {
  readonly load: number;
  readonly gammaDecay: number;
  readonly susceptibility: number | null;
  /** αV²E[(∂f/∂ω)²] away from jumps; replica symmetry is unstable above 1. */
  readonly replicon: number | null;
  /** Density of the cavity field where the Moreau step jumps; replica symmetry is an approximation where it is not 0. */
  readonly jumpDensity: number | null;
  /** Which way the branch was followed, `only` where both ways agree. */
  readonly branch: 'only' | 'upward' | 'downward';
  /** Whether another solution at the same load has a lower training objective. */
  readonly metastable: boolean;
  readonly converged: boolean;
  readonly warning: string | undefined;
  /** Students trained at this load beside the row, where they were asked for. */
  readonly students?: {
    readonly trained: TrainedStudents;
    /** Nothing where there is no theory, or one run alone was measured. */
    readonly comparison: Readonly<Record<string, StudentComparison>>;
  };
}

type Solved = Omit<LearningCurveRow, 'students'>;

/** Whether a rule has no decay to choose, and its students are trained by minibatches. */
export function trainsByMinibatches(rule: LearningCurveOptions['rule']): rule is keyof typeof minibatchRules {
  return rule in minibatchRules;
}

/** Whether there is a theory of the curve, and not students alone. */
export function hasTheory({
  rule,
  activation,
  teacherActivation,
}: Pick<LearningCurveOptions, 'rule' | 'activation' | 'teacherActivation'>): boolean {
  if (!normalizesByBatch(rule)) return true;
  return rule === 'batch-normalization' && isIdentity(activation) && isIdentity(teacherActivation);
}

/** Batch normalization's own learning curve. */
function batchNormalizedRow(options: LearningCurveOptions, load: number): Solved {
  const { noiseVariance, teacherLength, batchSize, statistics, start } = options;
  const saddle = { susceptibility: null, replicon: null, jumpDensity: null };
  const common = { gammaDecay: 0, branch: 'only', metastable: false, converged: true, ...saddle } as const;
  if (!hasTheory(options)) {
    const nothing = { gamma: null, overlap: null, generalizationError: null, trainingError: null };
    return { load, ...common, ...nothing, warning: undefined };
  }
  const task = { load, noiseVariance, teacherLength, batchSize: batchSize!, statistics, start };
  const { warning, ...point } = batchNormalizedGeneralization(task);
  return { ...point, ...common, warning };
}

function rowOf(
  point: SaddlePoint,
  gammaDecay: number,
  branch: Solved['branch'],
  metastable: boolean,
): Solved {
  const { outcome, warning, diagnostics } = point;
  const { replicon, jumpDensity } = diagnostics;
  const trust = { replicon, jumpDensity, warning };
  return { ...point, ...trust, gammaDecay, branch, metastable, converged: outcome === 'converged' };
}

/**
 * Closed forms for the linear student of a linear teacher, saddle points otherwise: both branches where they differ. Nothing
 * where an abort came before the end.
 */
async function solveCurve(
  options: LearningCurveOptions,
  gammaDecay: number,
  control: RunControl,
): Promise<Solved[]> {
  const { rule, activation, teacherActivation, loads, noiseVariance, teacherLength } = options;
  if (normalizesByBatch(rule)) return loads.map((load) => batchNormalizedRow(options, load));
  if (isIdentity(activation) && isIdentity(teacherActivation)) {
    return loads.map((load) => {
      const { warning, ...point } = linearGeneralization({ load, gammaDecay, noiseVariance, teacherLength });
      const diagnostics = { replicon: linearReplicon(load, point.susceptibility), jumpDensity: 0 };
      const only = { branch: 'only', metastable: false, converged: true } as const;
      return { ...point, ...diagnostics, gammaDecay, ...only, warning };
    });
  }
  const problem = { activation, teacherActivation, gammaDecay, noiseVariance, teacherLength };
  const curve = await generalizationCurveAsync({ ...problem, loads }, control);
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

/** L₀²/η from which a start counts as large. */
const LARGE_START = 20;

function trainingOf(
  options: LearningCurveOptions,
  students: CurveStudents,
  { load, gammaDecay }: Pick<Solved, 'load' | 'gammaDecay'>,
  place: number,
): TrainStudentsOptions {
  const { rule, activation, teacherActivation, teacherLength, noiseVariance } = options;
  const { batchSize = 1, statistics, start } = options;
  const { dimension, engine, runs, seed, sweepPoint } = students;
  // Every row has runs, and streams, of its own.
  const streams = { seed, firstRun: place * runs, sweepPoint, ...(engine === undefined ? {} : { engine }) };
  const teacher = { teacherActivation, teacherLength, noiseVariance };
  const common = { activation, ...teacher, load, dimension, runs, ...streams };
  if (trainsByMinibatches(rule)) {
    const { learningRate, until, patience } = students;
    return {
      ...{ ...common, rule, learningRate, batchSize, until, patience },
      ...(statistics === undefined ? {} : { statistics }),
      ...(start === 'large' ? { initialLength: Math.sqrt(LARGE_START * learningRate) } : {}),
    };
  }
  const { randomStarts, teacherStart } = students;
  return { ...common, rule: 'weight-normalization', gammaDecay, randomStarts, teacherStart };
}

function theoryOf({ gamma, overlap, generalizationError, trainingError }: Solved): StudentTheory | undefined {
  if (gamma === null || overlap === null || generalizationError === null || trainingError === null)
    return undefined;
  return { gamma, overlap, generalizationError, trainingError };
}

async function withStudents(
  options: LearningCurveOptions,
  students: CurveStudents,
  solved: readonly Solved[],
  { signal, onProgress }: RunControl,
): Promise<LearningCurveRow[]> {
  const rows: LearningCurveRow[] = [];
  for (const row of solved) {
    const trained = await trainStudentsAsync(trainingOf(options, students, row, rows.length), {
      signal,
      onProgress: (fraction) => onProgress?.((rows.length + fraction) / solved.length),
    });
    if (signal?.aborted) return [...rows, ...solved.slice(rows.length)];
    // Runs that diverged are not measured, and one alone has no standard error.
    const theory = trained.runs < 2 ? undefined : theoryOf(row);
    const comparison = theory === undefined ? {} : compareStudents(trained, theory);
    rows.push({ ...row, students: { trained, comparison } });
  }
  return rows;
}

/**
 * Learning curves, and students trained beside them. A row for each ζ and load, two where two solutions coexist. An abort leaves
 * out the students that were not complete.
 *
 * @throws (as a rejection) RangeError or TypeError, one line, naming what is out of its domain; for students before the theory is
 * solved, which may take minutes
 */
export async function learningCurveAsync(
  options: LearningCurveOptions,
  { signal, onProgress }: RunControl = {},
): Promise<LearningCurveRow[]> {
  const { loads, students } = options;
  if (students !== undefined)
    for (const load of loads) checkedSampleCount(trainingOf(options, students, { load, gammaDecay: 0 }, 0));
  const solved: Solved[] = [];
  const decays = trainsByMinibatches(options.rule) ? [0] : options.gammaDecays;
  for (const [i, decay] of decays.entries()) {
    // Where students follow, the bar is theirs.
    const solving = (fraction: number): void => {
      if (students === undefined) onProgress?.((i + fraction) / decays.length);
    };
    solved.push(...(await solveCurve(options, decay, { signal, onProgress: solving })));
    await rest();
    if (signal?.aborted) return solved;
  }
  return students === undefined ? solved : withStudents(options, students, solved, { signal, onProgress });
}
