import { readFileSync } from 'node:fs';
import type { Problem } from '../../benchmarks/work-precision/peer-problems.js';
import { findPeers, runPeer, type Peer } from '../../benchmarks/work-precision/peers.js';
import { ruleOf, type RuleConfig } from '../../lib/config/rules.js';
import { solve, type SolveOptions } from '../../lib/trajectory/solve.js';
import { relativeError, worst } from '../support/reference.js';

interface Reference {
  readonly name: string;
  readonly components: readonly string[];
  readonly state: readonly string[];
  readonly digits: number;
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(`benchmarks/work-precision/${name}.json`, 'utf8'));
}

const { problems } = read('problems') as { problems: Problem[] };
const { references } = read('references') as { references: Reference[] };

const problemOf = (name: string): Problem => problems.find((problem) => problem.name === name)!;
const referenceOf = (name: string): Reference => references.find((entry) => entry.name === name)!;

/** Relative to each order parameter; of other systems, whose components cross zero, relative to the largest component. */
function largestError(problem: Problem, state: readonly (number | null)[]): number {
  const expected = referenceOf(problem.name).state.map(Number);
  const largest = Math.max(...expected.map(Math.abs));
  return worst(
    expected.map((value, i) => relativeError(state[i] ?? NaN, value, problem.learning ? value : largest)),
  );
}

describe('reference states', () => {
  test('there is one for every problem, to 25 digits', () => {
    expect(references.map(({ name }) => name)).toEqual(problems.map(({ name }) => name));
    for (const { digits } of references) expect(digits).toBeGreaterThanOrEqual(25);
  });

  // The reference's right-hand sides were written apart from the package's. At a relative tolerance of 1e-13 errors of steps
  // add up to 1e-11 at most (r of sgd-near-maximum, which falls to 5e-10); the tables of batch normalization with ReLU
  // add 1e-12.
  test.each(problems.filter(({ learning }) => learning !== undefined))(
    'the package comes to the reference of $name',
    async (problem) => {
      const { initial, ...config } = problem.learning!;
      const rule = await ruleOf(config as RuleConfig);
      const options = {
        rule,
        initial,
        until: problem.until,
        relativeTolerance: 1e-13,
      } as SolveOptions<string>;
      const solution = solve(options);
      expect(solution.outcome).toBe('reached-end');
      const state = referenceOf(problem.name).components.map(
        (component) => solution.series(component, [problem.until])[0],
      );
      expect(largestError(problem, state)).toBeLessThan(1e-10);
    },
  );
});

describe('peers', () => {
  const { missing, ...found } = findPeers();
  for (const reason of missing) console.log(`skipped: ${reason}`);

  // The tolerance is for one step: over a run errors add up to as much as a hundred times that with multistep methods. The
  // orbit enlarges them by its near collisions, and Van der Pol's jumps move in time, so that they are larger still there.
  const allowed = {
    'wn-relu': 1e-6,
    'sgd-near-maximum': 1e-6,
    'sgd-erf': 1e-6,
    'bn-identity-8': 1e-6,
    'lotka-volterra': 1e-6,
    arenstorf: 1e-4,
    'van-der-pol': 1e-5,
  };

  const cases: [keyof typeof found, string, keyof typeof allowed][] = [
    ['scipy', 'LSODA', 'wn-relu'],
    ['scipy', 'odeint', 'sgd-erf'],
    ['gsl', 'rk8pd', 'wn-relu'],
    ['gsl', 'msadams', 'sgd-erf'],
    ['gsl', 'rk8pd', 'bn-identity-8'],
    ['gsl', 'rk8pd', 'sgd-near-maximum'],
    ['gsl', 'rk8pd', 'lotka-volterra'],
    ['gsl', 'rk8pd', 'arenstorf'],
    ['gsl', 'bsimp', 'van-der-pol'],
    ['sundials', 'adams', 'wn-relu'],
    ['sundials', 'adams', 'sgd-erf'],
    ['sundials', 'bdf', 'van-der-pol'],
  ];
  test.each(cases)('%s, %s comes to the reference of %s', (name, method, problem) => {
    const peer: Peer | undefined = found[name];
    if (peer === undefined) return; // named above
    const [run] = runPeer(peer, problemOf(problem), method, [1e-8], 1);
    expect(run).toMatchObject({ method, tolerance: 1e-8, outcome: 'reached-end' });
    expect(run.evaluations).toBeGreaterThan(0);
    expect(largestError(problemOf(problem), run.state)).toBeLessThan(allowed[problem]);
  });

  test('name what they do not have', () => {
    const peer = found.gsl ?? found.sundials ?? found.scipy;
    if (peer === undefined) return; // named above
    expect(() => runPeer(peer, problemOf('bn-relu-8'), 'rk8pd', [1e-8], 1)).toThrow(
      /`problem` must be .* bn-relu-8/,
    );
    expect(() => runPeer(peer, problemOf('wn-relu'), 'euler', [1e-8], 1)).toThrow(
      /`method` must be .* got euler/,
    );
  });
});
