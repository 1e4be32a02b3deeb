import { rangeError, requireIncreasing, requireInteger, requirePositive } from '../foundation/checks.js';
import { randomStream, type RandomStream } from '../foundation/random-stream.js';
import type { OrderParameterSystem } from '../dynamics/system.js';
import { quantityOf, type Quantity } from '../solver/quantity.js';
import { trainingBatches, type BatchSource } from './batch-source.js';
import { estimate, type Estimate } from './estimate.js';
import { explicitStudent } from './explicit-engine.js';
import type { StudentState, TrainedStudent } from './student.js';
import { drawTrainingSet, sampleCountOf } from './training-set.js';

/** A Monte Carlo experiment. */
export interface SimulateOptions<Name extends string> {
  readonly rule: OrderParameterSystem<Name>;
  /** Order parameters at time 0, exact in every run. */
  readonly initial: Readonly<Record<Name, number>>;
  /** Increasing times t = steps/N ≥ 0 at which to measure; each is rounded to a whole number of steps. */
  readonly times: readonly number[];
  /** N ≥ 2. */
  readonly dimension: number;
  /** Independent runs, ≥ 2 so that there is a standard error. */
  readonly runs: number;
  /** Non-negative integer; run k draws from stream k of the seed. */
  readonly seed: number;
  /** α = P/N: every run draws a training set of P = round(αN) ≥ M samples once, every step takes M distinct ones of it at
   *  random; default: fresh samples at every step. */
  readonly load?: number;
  /** Length above which a run counts as diverged; default 1e6. */
  readonly lengthBound?: number;
}

/** What a simulation measured. */
export interface Simulation<Name extends string> {
  readonly rule: OrderParameterSystem<Name>;
  readonly outcome: 'reached-end' | 'diverged' | 'aborted';
  readonly message: string;
  /** The measured times, whole numbers of steps over N; those that every run reached. */
  readonly times: readonly number[];
  readonly dimension: number;
  /** P, where there is a training set. */
  readonly sampleCount: number | undefined;
  readonly runs: number;
  readonly seed: number;
  /** Optimizer steps made, over all runs. */
  readonly steps: number;
  /** A quantity in every run at one of the measured times. */
  samples(quantity: Quantity<Name>, timeIndex: number): number[];
  /** Mean and standard error over runs of a quantity, at each measured time. */
  series(quantity: Quantity<Name>): Estimate[];
}

// Numbers a student may keep: N weights and M inputs of dimension N.
const LARGEST_STUDENT = 2e8;
// Work between two looks at the outside world, in numbers drawn: some tens of milliseconds.
const TURN = 2e6;

interface Progress {
  readonly states: Float64Array[][];
  steps: number;
  ended: { outcome: 'diverged' | 'aborted'; message: string } | undefined;
}

/** P, no fewer than a batch; undefined without a load. */
function trainingSamples<Name extends string>(options: SimulateOptions<Name>): number | undefined {
  const { load, dimension, rule } = options;
  return load === undefined ? undefined : sampleCountOf(load, dimension, rule.batchStep.batchSize);
}

function checkOptions<Name extends string>(options: SimulateOptions<Name>): number[] {
  const { rule, times, dimension, runs, seed } = options;
  requireInteger('dimension', dimension, 2);
  const size = dimension * (rule.batchStep.batchSize + 1);
  if (size > LARGEST_STUDENT) {
    throw rangeError('dimension', `such that dimension × (batchSize + 1) <= ${LARGEST_STUDENT}`, dimension);
  }
  trainingSamples(options);
  requireInteger('runs', runs, 2);
  requireInteger('seed', seed, 0);
  requireIncreasing('times', times);
  if (times[0]! < 0) throw rangeError('times[0]', '>= 0', times[0]);
  const steps = times.map((time) => Math.round(time * dimension));
  steps.forEach((step, index) => {
    if (!Number.isSafeInteger(step)) throw rangeError(`times[${index}]`, 'at most 2^53 steps', times[index]);
    if (index > 0 && step === steps[index - 1]) {
      throw rangeError(
        `times[${index}]`,
        `at least 1/N = ${1 / dimension} after the one before it`,
        times[index],
      );
    }
  });
  return steps;
}

function hasDiverged({ gamma, misalignment, length }: StudentState, lengthBound: number): boolean {
  return !(Number.isFinite(gamma) && Number.isFinite(misalignment) && length > 0 && length <= lengthBound);
}

/** Fresh samples, or those of a training set drawn now. */
function batchSource<Name extends string>(
  options: SimulateOptions<Name>,
  stream: RandomStream,
): BatchSource | undefined {
  const { dimension, rule } = options;
  const { batchSize, noiseVariance } = rule.batchStep;
  const sampleCount = trainingSamples(options);
  if (sampleCount === undefined) return undefined;
  return trainingBatches(drawTrainingSet(sampleCount, dimension, noiseVariance, stream), batchSize, stream);
}

/** Trains all runs, one after another; yields the fraction done so that callers can rest between turns. */
function* train<Name extends string>(
  options: SimulateOptions<Name>,
  checkpoints: readonly number[],
  progress: Progress,
): Generator<number, void> {
  const { rule, dimension, runs, seed, lengthBound = 1e6 } = options;
  requirePositive('lengthBound', lengthBound);
  const start = rule.initialState(options.initial);
  const named: { gamma?: number } = rule.orderParameters(start);
  const initial: StudentState = {
    gamma: named.gamma ?? 0,
    misalignment: rule.misalignment(start),
    length: rule.lengthOf(start),
  };
  const stepsPerTurn = Math.max(1, Math.floor(TURN / (dimension * rule.batchStep.batchSize)));
  const total = runs * checkpoints.at(-1)!;
  for (let run = 0; run < runs; run++) {
    const stream = randomStream(seed, run);
    const source = batchSource(options, stream);
    const student: TrainedStudent = explicitStudent(rule.batchStep, dimension, initial, stream, source);
    const states: Float64Array[] = [];
    progress.states.push(states);
    let step = 0;
    for (const checkpoint of checkpoints) {
      let state = student.state();
      while (step < checkpoint && !hasDiverged(state, lengthBound)) {
        const end = Math.min(checkpoint, step + stepsPerTurn);
        for (; step < end; step++) student.step(step / dimension);
        progress.steps = run * checkpoints.at(-1)! + step;
        yield total === 0 ? 1 : progress.steps / total;
        // Looked at every turn, not only when it is measured: a run that has diverged is not worth its time.
        state = student.state();
      }
      if (hasDiverged(state, lengthBound)) {
        progress.ended = {
          outcome: 'diverged',
          message: `run ${run} diverged before time ${step / dimension}`,
        };
        return;
      }
      states.push(rule.stateOf(state.gamma, state.misalignment, state.length));
    }
  }
}

/** What the runs have in common: times reached by every run that was begun, if two or more were. */
function simulationOf<Name extends string>(
  options: SimulateOptions<Name>,
  checkpoints: readonly number[],
  progress: Progress,
): Simulation<Name> {
  const { rule, dimension, seed } = options;
  const { states, steps, ended } = progress;
  // An interrupted ensemble: the run that was cut short counts only if it reached as far as the others.
  const complete = states.filter((run) => run.length === checkpoints.length);
  const kept = ended?.outcome === 'aborted' && complete.length > 1 ? complete : states;
  const reached = Math.min(...kept.map((run) => run.length));
  const times = checkpoints.slice(0, reached).map((step) => step / dimension);
  const samples = (quantity: Quantity<Name>, timeIndex: number): number[] => {
    const value = quantityOf(rule, quantity);
    if (times[timeIndex] === undefined) throw rangeError('timeIndex', `from 0 to ${reached - 1}`, timeIndex);
    return kept.map((run) => value(times[timeIndex]!, run[timeIndex]!));
  };
  return {
    rule,
    outcome: ended?.outcome ?? 'reached-end',
    message: ended?.message ?? `reached the end at time ${times.at(-1)!}`,
    times,
    dimension,
    sampleCount: trainingSamples(options),
    runs: kept.length,
    seed,
    steps,
    samples,
    series: (quantity) => times.map((_, index) => estimate(samples(quantity, index))),
  };
}

/**
 * Trains `runs` independent students of dimension N by explicit Monte Carlo and measures their order parameters. The same
 * options give the same numbers.
 *
 * With a load, on a training set of its own in every run; without, on fresh samples, as the order-parameter equations do.
 * Means over runs differ from the order-parameter equations by O(1/N), besides their standard error.
 *
 * @throws RangeError or TypeError for a bad argument, naming it
 * @example
 * const rule = weightNormalization({ activation: relu, learningRate: 0.5 });
 * const initial = { gamma: 0.5, overlap: 0.1, length: 0.8 };
 * simulate({ rule, initial, times: [0, 1, 2], dimension: 100, runs: 8, seed: 1 }).series('overlap');
 */
export function simulate<Name extends string>(options: SimulateOptions<Name>): Simulation<Name> {
  const checkpoints = checkOptions(options);
  const progress: Progress = { states: [], steps: 0, ended: undefined };
  const training = train(options, checkpoints, progress);
  while (!training.next().done);
  return simulationOf(options, checkpoints, progress);
}

/**
 * As `simulate`, with the same numbers, yielding to the event loop between turns.
 *
 * @param onProgress called between turns with the fraction of the work done
 * @throws (as a rejection) RangeError or TypeError for a bad argument, naming it
 * @example
 * await simulateAsync({ rule, initial, times: [1], dimension: 100, runs: 8, seed: 1 }, AbortSignal.timeout(1000));
 */
export async function simulateAsync<Name extends string>(
  options: SimulateOptions<Name>,
  signal?: AbortSignal,
  onProgress?: (fraction: number) => void,
): Promise<Simulation<Name>> {
  const checkpoints = checkOptions(options);
  const progress: Progress = { states: [], steps: 0, ended: undefined };
  for (const fraction of train(options, checkpoints, progress)) {
    onProgress?.(fraction);
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted) {
      progress.ended = { outcome: 'aborted', message: `aborted in run ${progress.states.length - 1}` };
      break;
    }
  }
  return simulationOf(options, checkpoints, progress);
}
