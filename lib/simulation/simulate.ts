import { rangeError, requireAnyNumber } from '../foundation/checks.js';
import { randomStream, type RandomStream } from '../random/random-stream.js';
import { runTurns, withoutRest, type RunControl } from '../foundation/turns.js';
import { boundsOf } from '../dynamics/layout.js';
import type { OrderParameterSystem } from '../dynamics/system.js';
import { isFiniteVector } from '../numerics/vectors.js';
import { quantityOf, type Quantity } from '../dynamics/quantity.js';
import { trainingBatches } from './batch-source.js';
import { dimensionFreeStudent } from './dimension-free-engine.js';
import { estimate, type Estimate } from '../numerics/statistics.js';
import { explicitStudent } from './explicit-engine.js';
import { checkpointsOf, trainingSamples, type SimulateOptions } from './options.js';
import type { Engine, TrainedStudent } from './engine.js';
import { drawTrainingSet } from './training-set.js';

/** What a simulation measured. */
export interface Simulation<Name extends string> {
  /** The rule that was simulated. */
  readonly rule: OrderParameterSystem<Name>;
  /** `diverged` where a run left the finite numbers or the length bound, which ends them all. */
  readonly outcome: 'reached-end' | 'diverged' | 'aborted';
  /** The outcome in words. */
  readonly message: string;
  /** The measured times, whole numbers of steps over N; those that every run reached. */
  readonly times: readonly number[];
  /** N, inputs of a student. */
  readonly dimension: number;
  /** How students were simulated. */
  readonly engine: Engine;
  /** P, where there is a training set. */
  readonly sampleCount: number | undefined;
  /** Runs behind every sample and mean; fewer than were asked for where the simulation ended early. */
  readonly runs: number;
  /** The seed that was given. */
  readonly seed: number;
  /** Optimizer steps made, over all runs. */
  readonly steps: number;
  /** A quantity in every run at one of the measured times. */
  samples(quantity: Quantity<Name>, timeIndex: number): number[];
  /** Mean and standard error over runs of a quantity, at each measured time. */
  series(quantity: Quantity<Name>): Estimate[];
}

// Work between two looks at the outside world, in components of inputs drawn: some tens of milliseconds.
const TURN = 2e6;
// What the fields of a sample cost beside one such component.
const FIELDS_WORK = 8;

interface Progress {
  readonly states: Float64Array[][];
  steps: number;
  ended: { outcome: 'diverged' | 'aborted'; message: string } | undefined;
}

/** The student of a run, at the start; it draws fresh samples, or those of a training set drawn now. */
function studentOf<Name extends string>(
  options: SimulateOptions<Name>,
  initial: Float64Array,
  stream: RandomStream,
): TrainedStudent {
  const { rule, dimension, engine } = options;
  if (engine === 'dimension-free') return dimensionFreeStudent(rule, dimension, initial, stream);
  const sampleCount = trainingSamples(options);
  if (sampleCount === undefined) return explicitStudent(rule, dimension, initial, stream);
  const { batchSize, noiseVariance } = rule.batchStep;
  const set = drawTrainingSet(sampleCount, dimension, noiseVariance, stream);
  const source = trainingBatches(set, batchSize, stream);
  return explicitStudent(rule, dimension, initial, stream, source);
}

/** Steps between two looks at the outside world. */
function turnOf<Name extends string>({ rule, dimension, engine }: SimulateOptions<Name>): number {
  const perSample = engine === 'dimension-free' ? FIELDS_WORK : dimension;
  return Math.max(1, Math.floor(TURN / (perSample * rule.batchStep.batchSize)));
}

/** Trains all runs, one after another; yields the fraction done so that callers can rest between turns. */
function* train<Name extends string>(
  options: SimulateOptions<Name>,
  checkpoints: readonly number[],
  progress: Progress,
): Generator<number, void> {
  const { rule, dimension, runs, seed, sweepPoint, lengthBound } = options;
  const initial = rule.layout.state(options.initial);
  const outOfBounds = boundsOf(rule.layout, lengthBound);
  const hasDiverged = (state: Float64Array): boolean =>
    !isFiniteVector(state) || outOfBounds(state) !== undefined;
  const stepsPerTurn = turnOf(options);
  const total = runs * checkpoints.at(-1)!;
  for (let run = 0; run < runs; run++) {
    const student = studentOf(options, initial, randomStream(seed, run, sweepPoint));
    const states: Float64Array[] = [];
    progress.states.push(states);
    let step = 0;
    for (const checkpoint of checkpoints) {
      let state = student.state();
      while (step < checkpoint && !hasDiverged(state)) {
        const end = Math.min(checkpoint, step + stepsPerTurn);
        for (; step < end; step++) student.step(step / dimension);
        progress.steps = run * checkpoints.at(-1)! + step;
        yield total === 0 ? 1 : progress.steps / total;
        // Looked at every turn, not only when it is measured: a run that has diverged is not worth its time.
        state = student.state();
      }
      if (hasDiverged(state)) {
        progress.ended = {
          outcome: 'diverged',
          message: `run ${run} diverged before time ${step / dimension}: take a smaller learning rate, or raise lengthBound`,
        };
        return;
      }
      states.push(state);
    }
  }
}

/** What the runs have in common: times reached by every run that was begun, if two or more were. */
function simulationOf<Name extends string>(
  options: SimulateOptions<Name>,
  checkpoints: readonly number[],
  progress: Progress,
): Simulation<Name> {
  const { rule, dimension, seed, engine = 'explicit' } = options;
  const { states, steps, ended } = progress;
  // An interrupted ensemble: the run that was cut short counts only if it reached as far as the others.
  const complete = states.filter((run) => run.length === checkpoints.length);
  const kept = ended?.outcome === 'aborted' && complete.length > 1 ? complete : states;
  const reached = Math.min(...kept.map((run) => run.length));
  const times = checkpoints.slice(0, reached).map((step) => step / dimension);
  const samples = (quantity: Quantity<Name>, timeIndex: number): number[] => {
    const value = quantityOf(rule, quantity);
    if (times[requireAnyNumber('timeIndex', timeIndex)] === undefined)
      throw rangeError('timeIndex', `from 0 to ${reached - 1}`, timeIndex);
    return kept.map((run) => value(times[timeIndex]!, run[timeIndex]!));
  };
  return {
    rule,
    outcome: ended?.outcome ?? 'reached-end',
    message: ended?.message ?? `reached the end at time ${times.at(-1)!}`,
    times,
    dimension,
    engine,
    sampleCount: trainingSamples(options),
    runs: kept.length,
    seed,
    steps,
    samples,
    series: (quantity) => times.map((_, index) => estimate(samples(quantity, index))),
  };
}

/**
 * Trains `runs` independent students of dimension N by Monte Carlo and measures their order parameters. The same options give
 * the same numbers; the two engines give different numbers of the same law.
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
  const checkpoints = checkpointsOf(options);
  const progress: Progress = { states: [], steps: 0, ended: undefined };
  withoutRest(train(options, checkpoints, progress));
  return simulationOf(options, checkpoints, progress);
}

/**
 * As `simulate`, with the same numbers, yielding to the event loop between turns.
 *
 * @throws (as a rejection) RangeError or TypeError for a bad argument, naming it
 * @example
 * await simulateAsync({ rule, initial, times: [1], dimension: 100, runs: 8, seed: 1 }, { signal: AbortSignal.timeout(1000) });
 */
export async function simulateAsync<Name extends string>(
  options: SimulateOptions<Name>,
  control: RunControl = {},
): Promise<Simulation<Name>> {
  const checkpoints = checkpointsOf(options);
  const progress: Progress = { states: [], steps: 0, ended: undefined };
  if (await runTurns(train(options, checkpoints, progress), control)) {
    progress.ended = { outcome: 'aborted', message: `aborted in run ${progress.states.length - 1}` };
  }
  return simulationOf(options, checkpoints, progress);
}
