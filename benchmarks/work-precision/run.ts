import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Integrator } from './integrators.js';
import { runOnce, type WorkPrecisionPoint } from './measure-run.js';
import { runPeer, type Peer } from './peers.js';
import { errorAtEnd, type BenchmarkProblem } from './problems.js';

/** How thoroughly to measure. */
export interface Thoroughness {
  readonly tolerances: readonly number[];
  /** Rounds of timing over all tolerances, besides one that warms up. */
  readonly rounds: number;
  /** Time at one tolerance in one round. */
  readonly milliseconds: number;
}

const TOLERANCES = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12];

export const full: Thoroughness = { tolerances: TOLERANCES, rounds: 3, milliseconds: 15 };
/** Every third tolerance, for a look. */
export const quick: Thoroughness = { tolerances: [1e-3, 1e-6, 1e-9, 1e-12], rounds: 2, milliseconds: 10 };

// Peers repeat a short run by themselves until it lasts.
const PEER_REPEATS = 3;

/** An integrator of JavaScript on one problem: evaluations and errors here, times in a process of its own. */
function runAlone(
  problem: BenchmarkProblem,
  integrator: Integrator,
  thoroughness: Thoroughness,
): WorkPrecisionPoint[] {
  const points = thoroughness.tolerances.map((tolerance) => runOnce(integrator, problem, tolerance));
  const done = points.filter(({ error }) => error !== null);
  const asked: Thoroughness = { ...thoroughness, tolerances: done.map(({ tolerance }) => tolerance) };
  const file = fileURLToPath(new URL('./time-one.js', import.meta.url));
  const words = [file, problem.description.name, integrator.name, JSON.stringify(asked)];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${integrator.name} on ${problem.description.name}: ${stderr}`);
  const times = JSON.parse(stdout) as number[];
  done.forEach((point, index) => (point.milliseconds = times[index]));
  return points;
}

/** All integrators of JavaScript on one problem; on one that is too stiff for the others only those for stiff problems. */
export function runIntegrators(
  problem: BenchmarkProblem,
  integrators: readonly Integrator[],
  thoroughness: Thoroughness,
): WorkPrecisionPoint[] {
  return integrators
    .filter(({ isStiff }) => isStiff || !problem.isStiff)
    .flatMap((integrator) => runAlone(problem, integrator, thoroughness));
}

/** Every method of a peer on one problem. */
export function runOnPeer(
  problem: BenchmarkProblem,
  peer: Peer,
  { tolerances }: Thoroughness,
): WorkPrecisionPoint[] {
  const { description } = problem;
  const methods = problem.isStiff ? peer.stiffMethods : peer.methods;
  return methods.flatMap((method) =>
    runPeer(peer, description, method, tolerances, PEER_REPEATS).map((run) => {
      const { tolerance, evaluations, milliseconds, outcome } = run;
      const error = outcome === 'reached-end' ? errorAtEnd(problem, run.state) : NaN;
      const place = { problem: description.name, library: peer.name, method, tolerance };
      const measured = Number.isFinite(error) ? { error, milliseconds } : { error: null, milliseconds: null };
      return { ...place, ...measured, evaluations, outcome };
    }),
  );
}
