import { compareRuns, LEAST_CHANGE, MISSES, type Verdict } from '../../benchmarks/compare.js';
import type { Run } from '../../benchmarks/history.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { runOf } from './runs.js';

const stream = randomStream(11);

/** A ratio with noise of its own and of its process: logistic, with longer tails than the normal. */
function noise(width: number): number {
  const part = stream.nextUniform() || 0.5;
  return Math.exp(width * Math.log(part / (1 - part)));
}

/** A run of six benchmarks: processes differ by a few percent, pairs by more. */
function noisyRun(factor = 1, processes = 6): Run {
  const ratios = (): number[][] =>
    Array.from({ length: processes }, () => {
      const common = factor * noise(0.01);
      return Array.from({ length: 9 }, () => common * noise(0.03));
    });
  return runOf(Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, ratios()])));
}

const verdicts = (before: Run, after: Run): Verdict[] =>
  compareRuns(before, after).map(({ verdict }) => verdict);

describe('compareRuns', () => {
  it('finds a change well beyond the noise, of either sign, whichever ratio is the fast one', () => {
    const [before, more, less] = [noisyRun(), noisyRun(1.4), noisyRun(1 / 1.4)];
    expect(new Set(verdicts(before, more))).toEqual(new Set(['slower']));
    expect(new Set(verdicts(before, less))).toEqual(new Set(['faster']));
    const larger = (run: Run): Run => ({
      ...run,
      benchmarks: run.benchmarks.map((one) => ({ ...one, better: 'larger' })),
    });
    expect(new Set(verdicts(larger(before), larger(more)))).toEqual(new Set(['faster']));
    expect(new Set(verdicts(larger(before), larger(less)))).toEqual(new Set(['slower']));
  });

  it('gives intervals that miss together no more often than it says', () => {
    const trials = 500;
    let missed = 0;
    let alarms = 0;
    for (let trial = 0; trial < trials; trial++) {
      const comparisons = compareRuns(noisyRun(), noisyRun());
      if (comparisons.some(({ factor: { lower, upper } }) => lower > 1 || upper < 1)) missed++;
      alarms += comparisons.filter(({ verdict }) => verdict !== 'no change seen').length;
    }
    const deviation = Math.sqrt(trials * MISSES * (1 - MISSES));
    expect(missed).toBeGreaterThan(0);
    expect(missed).toBeLessThan(trials * MISSES + 3 * deviation);
    expect(alarms).toBe(0); // the least change stands before them
  });

  it('does not call a change smaller than the least change', () => {
    const constant = (value: number): Run => runOf({ a: Array.from({ length: 9 }, () => [value]) });
    expect(verdicts(constant(1), constant(1 + 0.9 * LEAST_CHANGE))).toEqual(['no change seen']);
    expect(verdicts(constant(1), constant(1 + 1.1 * LEAST_CHANGE))).toEqual(['slower']);
    expect(verdicts(constant(1 + 1.1 * LEAST_CHANGE), constant(1))).toEqual(['faster']);
  });

  it('compares medians of processes, however many pairs they have', () => {
    const before = runOf({ a: [[1, 1, 9], [1], [1], [1], [1], [1]] });
    const after = runOf({ a: [[2, 2, 2, 2], [2], [2], [2], [2], [2, 0.1, 2]] });
    expect(compareRuns(before, after)[0].factor).toMatchObject({ estimate: 2, lower: 2, upper: 2 });
  });

  it('says what makes two runs not comparable, and still gives the numbers', () => {
    const before = noisyRun();
    const after = noisyRun(1.5);
    const elsewhere = { ...after, cpu: 'another', node: 'v99' };
    const [first] = compareRuns(before, elsewhere);
    expect(first.verdict).toBe('not comparable');
    expect(first.differing).toEqual(['cpu a processor then, another now', 'node v20.0.0 then, v99 now']);
    expect(first.factor.estimate).toBeGreaterThan(1.3);
    const [changed, ...others] = before.benchmarks;
    const redefined = { ...before, benchmarks: [{ ...changed, problem: 'another' }, ...others] };
    const [again, next] = compareRuns(redefined, after);
    expect([again.verdict, again.differing]).toEqual(['not comparable', ['problem definition']]);
    expect(next.verdict).toBe('slower');
  });

  it('refuses a verdict from too few processes, and leaves out what only one run has', () => {
    expect(new Set(verdicts(noisyRun(1, 3), noisyRun(2, 3)))).toEqual(new Set(['too few processes']));
    expect(compareRuns(runOf({ a: [[1]] }), runOf({ b: [[1]] }))).toEqual([]);
  });
});
