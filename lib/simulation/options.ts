import { integer, rangeError, requireIncreasing, requirePositive } from '../foundation/checks.js';
import { elsewhere, optional, requireOptions, type OptionChecks } from '../foundation/options.js';
import type { Initial } from '../dynamics/layout.js';
import { requireRule, type OrderParameterSystem } from '../dynamics/system.js';
import { MOST_STREAMS } from '../random/random-stream.js';
import { sampleCountOf } from './training-set.js';
import { requireEngine, type Engine } from './engine.js';

/** A Monte Carlo experiment. */
export interface SimulateOptions<Name extends string> {
  /** The learning rule, such as `sgd(…)` gives back; its `batchStep` makes the steps. */
  readonly rule: OrderParameterSystem<Name>;
  /** Order parameters at time 0, exact in every run. */
  readonly initial: Initial<Name>;
  /** Increasing times t = steps/N ≥ 0 at which to measure; each is rounded to a whole number of steps. */
  readonly times: readonly number[];
  /** N ≥ 2. */
  readonly dimension: number;
  /** Independent runs, ≥ 2 so that there is a standard error. */
  readonly runs: number;
  /** Non-negative integer; run k draws from stream k of the seed. */
  readonly seed: number;
  /** Which place of a sweep this is, from 0 to 2³² − 1: streams of different points share nothing; default 0. */
  readonly sweepPoint?: number;
  /** Default `explicit`. */
  readonly engine?: Engine;
  /** α = P/N, for the explicit engine: every run draws a training set of P = round(αN) ≥ M samples once, every step takes M
   *  distinct ones of it at random; default: fresh samples at every step. */
  readonly load?: number;
  /** Length above which a run counts as diverged; default 1e6. */
  readonly lengthBound?: number;
}

// Numbers an explicit student may keep, 16 GB of them: N weights and M inputs of dimension N.
const LARGEST_STUDENT = 2e9;

/** Options that every ensemble of independent runs has. */
export const ensembleChecks = {
  dimension: integer(2),
  seed: integer(0),
  sweepPoint: optional(integer(0, MOST_STREAMS - 1)),
} as const;

const checks: OptionChecks<SimulateOptions<string>> = {
  ...ensembleChecks,
  engine: optional(requireEngine),
  rule: requireRule,
  // By the rule.
  initial: elsewhere,
  times: requireIncreasing,
  runs: integer(2, MOST_STREAMS),
  load: optional(elsewhere),
  lengthBound: optional(requirePositive),
};

function checkEngine<Name extends string>(options: SimulateOptions<Name>): void {
  const { rule, dimension, load, engine = 'explicit' } = options;
  if (engine === 'dimension-free') {
    if (load !== undefined) throw rangeError('load', 'left out for the engine dimension-free', load);
    return;
  }
  const size = dimension * (rule.batchStep.batchSize + 1);
  if (size > LARGEST_STUDENT) {
    const allowed = `such that dimension × (batchSize + 1) <= ${LARGEST_STUDENT} for the engine explicit`;
    throw rangeError('dimension', allowed, dimension);
  }
  trainingSamples(options);
}

/** P, no fewer than a batch; undefined without a load. */
export function trainingSamples<Name extends string>(options: SimulateOptions<Name>): number | undefined {
  const { load, dimension, rule } = options;
  return load === undefined ? undefined : sampleCountOf(load, dimension, rule.batchStep.batchSize);
}

/**
 * Checks everything but the initial state, and turns the times into numbers of steps.
 *
 * @throws RangeError or TypeError for a bad argument, naming it
 */
export function checkpointsOf<Name extends string>(options: SimulateOptions<Name>): number[] {
  requireOptions('options', options, checks);
  const { times, dimension } = options;
  checkEngine(options);
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
