/**
 * Work-precision diagrams: the error at the end of each problem against evaluations and time, for every method here and for the
 * peers that this machine has, at tolerances from 1e-3 to 1e-12. Prints the times at equal achieved error, writes all points as JSON
 * and draws the figure.
 *
 * Words: names of problems (default all); --quick takes every third tolerance and less time.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { integrators } from './integrators.js';
import { quickest, runOnce, absoluteTolerance, type WorkPrecisionPoint } from './measure-run.js';
import { findPeers, peersCover, runPeer, type Peer } from './peers.js';
import { benchmarkProblems, errorAtEnd, type BenchmarkProblem } from './problems.js';
import { bestOf, equalErrorRows, tableOf, TARGETS, groupBy } from './report.js';

const quick = process.argv.includes('--quick');
const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const problems = benchmarkProblems().filter(
  ({ description }) => names.length === 0 || names.includes(description.name),
);
const tolerances = Array.from({ length: 10 }, (_, k) => Number(`1e-${k + 3}`)).filter(
  (_, k) => !quick || k % 3 === 0,
);
const rounds = quick ? 1 : 3;
const budget = quick ? 5 : 15;
const repeats = 3;

const inProcess = await integrators();
const peers = findPeers();
const found = [peers.scipy, peers.gsl, peers.sundials].filter((peer) => peer !== undefined);
for (const reason of peers.missing) console.log(`skipped: ${reason}`);

/** Everything in this process on one problem: counted once, then timed in rounds, so that a slow moment hits all alike. */
function runHere(problem: BenchmarkProblem): WorkPrecisionPoint[] {
  const able = inProcess.filter(({ isStiff }) => isStiff || !problem.isStiff);
  const points = able.flatMap((integrator) =>
    tolerances.map((tolerance) => ({ integrator, ...runOnce(integrator, problem, tolerance) })),
  );
  for (let round = 0; round <= rounds; round++) {
    for (const point of points) {
      if (point.error === null) continue;
      const absolute = absoluteTolerance(problem, point.tolerance);
      const work = (): unknown => point.integrator.solve(problem.ode, point.tolerance, absolute);
      const time = quickest(work, budget);
      // The first round only warms up.
      if (round > 0) point.milliseconds = Math.min(point.milliseconds, time);
    }
  }
  return points.map(({ integrator, ...point }) => ({ ...point, method: integrator.name }));
}

function runThere(peer: Peer, problem: BenchmarkProblem): WorkPrecisionPoint[] {
  const { description } = problem;
  const methods = problem.isStiff ? peer.stiffMethods : peer.methods;
  return methods.flatMap((method) =>
    runPeer(peer, description, method, tolerances, repeats).map((run) => {
      const error = run.outcome === 'reached-end' ? errorAtEnd(problem, run.state) : NaN;
      const { tolerance, evaluations, milliseconds, outcome } = run;
      const place = { problem: description.name, library: peer.name, method, tolerance };
      return { ...place, error: Number.isFinite(error) ? error : null, evaluations, milliseconds, outcome };
    }),
  );
}

const points: WorkPrecisionPoint[] = [];
for (const problem of problems) {
  const begin = performance.now();
  points.push(...runHere(problem));
  if (peersCover(problem.description)) for (const peer of found) points.push(...runThere(peer, problem));
  else console.log(`skipped: peers have no right-hand side for ${problem.description.name}`);
  const seconds = ((performance.now() - begin) / 1000).toFixed(0);
  process.stderr.write(`${problem.description.name} in ${seconds} s\n`);
}

const rows = equalErrorRows(points);
console.log(`\n${tableOf(rows)}\n`);
const learning = problems
  .filter(({ description }) => description.learning)
  .map(({ description }) => description.name);
console.log(`time over that of auto at errors ${TARGETS.join(', ')}:`);
for (const [problem, ofProblem] of groupBy(rows, (row) => row.problem)) {
  if (!learning.includes(problem)) continue;
  const best = (label: string, isMeant: (method: string) => boolean): string =>
    `${label} ${bestOf(ofProblem, isMeant)
      .map((ratio) => ratio?.toPrecision(3) ?? '—')
      .join(', ')}`;
  console.log(
    `  ${problem}: ${best('best of SciPy', (method) => method.startsWith('SciPy'))}; ${best('GSL rk8pd', (method) => method === 'GSL rk8pd')}`,
  );
}

mkdirSync('benchmarks/results', { recursive: true });
const machine = { node: process.version, processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
const { missing } = peers;
writeFileSync(
  'benchmarks/results/work-precision.json',
  `${JSON.stringify({ machine, missing, tolerances, points }, null, 1)}\n`,
);
