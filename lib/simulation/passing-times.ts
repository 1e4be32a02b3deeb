import { integer, requireIncreasing, requirePositive } from '../foundation/checks.js';
import { elsewhere, requireOptions, type OptionChecks } from '../foundation/options.js';
import { asPart, runTurns, type RunControl } from '../foundation/turns.js';
import { boundsOf } from '../dynamics/layout.js';
import { studentPlaces } from '../dynamics/student.js';
import { requireRule } from '../dynamics/system.js';
import { isFiniteVector } from '../numerics/vectors.js';
import { MOST_STREAMS, randomStream } from '../random/random-stream.js';
import { dimensionFreeStudent } from './dimension-free-engine.js';
import { ensembleChecks, type SimulateOptions } from './options.js';

/** Students whose overlap is waited for. */
export interface PassingTimesOptions<Name extends string> extends Pick<
  SimulateOptions<Name>,
  'rule' | 'initial' | 'dimension' | 'runs' | 'seed' | 'sweepPoint'
> {
  /** Increasing overlaps, below 1, that are waited for. */
  readonly overlaps: readonly number[];
  /** The longest that is waited, in units of steps/N. */
  readonly until: number;
}

/** What one student did. */
export interface StudentPassing {
  /** t = steps/N at which R first passes each of the overlaps; those that were not reached are missing. */
  readonly times: readonly number[];
  /** L at the end. */
  readonly length: number;
  /** Whether it left the finite numbers, or its length the bound of 1e6. */
  readonly diverged: boolean;
}

const checks: OptionChecks<PassingTimesOptions<string>> = {
  ...ensembleChecks,
  rule: requireRule,
  // By the rule.
  initial: elsewhere,
  overlaps: requireIncreasing,
  until: requirePositive,
  runs: integer(2, MOST_STREAMS),
};

// R is looked at this often in a unit of time, and ln(1 − R) taken for straight between.
const LOOKS = 1000;
// Steps between two looks at the outside world.
const STEPS_PER_TURN = 20_000;

/** One student, until it has passed the last overlap; yields its time. */
function* pass<Name extends string>(
  { rule, initial, overlaps, until, dimension, seed, sweepPoint }: PassingTimesOptions<Name>,
  run: number,
): Generator<number, StudentPassing> {
  const { overlap, length } = studentPlaces(rule);
  const stream = randomStream(seed, run, sweepPoint);
  const outOfBounds = boundsOf(rule.layout);
  const student = dimensionFreeStudent(rule, dimension, rule.layout.state(initial), stream);
  const stride = Math.max(1, Math.round(dimension / LOOKS));
  const levels = overlaps.map((level) => Math.log1p(-level));
  const times: number[] = [];
  let state = student.state();
  let [step, before, untold] = [0, Infinity, 0];
  for (;;) {
    const now = Math.log(state[overlap]!);
    for (; times.length < levels.length && now <= levels[times.length]!;) {
      const part = before === Infinity ? 0 : (now - levels[times.length]!) / (now - before);
      times.push((step - part * stride) / dimension);
    }
    const diverged = !isFiniteVector(state) || outOfBounds(state) !== undefined;
    if (diverged || times.length === levels.length || step / dimension >= until)
      return { times, length: state[length]!, diverged };
    before = now;
    for (const end = step + stride; step < end; step++) student.step(step / dimension);
    state = student.state();
    untold += stride;
    if (untold < STEPS_PER_TURN) continue;
    untold = 0;
    yield step / dimension;
  }
}

function* passAll<Name extends string>(
  options: PassingTimesOptions<Name>,
  found: StudentPassing[],
): Generator<number, void> {
  const { runs, until } = options;
  for (let run = 0; run < runs; run++) {
    found.push(yield* asPart(pass(options, run), (time) => (run + time / until) / runs));
    yield (run + 1) / runs;
  }
}

/**
 * Trains students by the dimension-free engine until their overlap has passed every level, resting between turns.
 *
 * @returns what each did; fewer than were asked for where the signal ended it
 * @throws (as a rejection) RangeError or TypeError for a bad argument, naming it
 */
export async function passingTimesAsync<Name extends string>(
  options: PassingTimesOptions<Name>,
  control: RunControl = {},
): Promise<StudentPassing[]> {
  requireOptions('options', options, checks);
  const found: StudentPassing[] = [];
  await runTurns(passAll(options, found), control);
  return found;
}
