import { absoluteTolerance, quickest, runOnce, type WorkPrecisionPoint } from './measure-run.js';
import type { Integrator } from './integrators.js';
import { runPeer, type Peer } from './peers.js';
import { errorAtEnd, type BenchmarkProblem } from './problems.js';

/** How thoroughly to measure. */
export interface Thoroughness {
  readonly tolerances: readonly number[];
  /** Rounds of timing over all methods, besides one that warms up; a slow moment of the machine hits all alike. */
  readonly rounds: number;
  /** Time for one method at one tolerance in one round. */
  readonly milliseconds: number;
}

const TOLERANCES = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12];

export const full: Thoroughness = { tolerances: TOLERANCES, rounds: 3, milliseconds: 15 };
/** Every third tolerance, for a look. */
export const quick: Thoroughness = { tolerances: [1e-3, 1e-6, 1e-9, 1e-12], rounds: 2, milliseconds: 10 };

// Runs this much longer than the time of one round are warm by themselves, and timed once.
const SLOW = 20;
// Peers repeat a short run by themselves until it lasts.
const PEER_REPEATS = 3;

/** Everything that runs in this process on one problem. Methods for stiff problems only on those that are too stiff for others. */
export function runInProcess(
  problem: BenchmarkProblem,
  integrators: readonly Integrator[],
  { tolerances, rounds, milliseconds }: Thoroughness,
): WorkPrecisionPoint[] {
  const runs = integrators
    .filter(({ isStiff }) => isStiff || !problem.isStiff)
    .flatMap((integrator) =>
      tolerances.map((tolerance) => ({ integrator, point: runOnce(integrator, problem, tolerance) })),
    );
  for (let round = 0; round <= rounds; round++) {
    for (const { integrator, point } of runs) {
      if (point.error === null || (point.milliseconds ?? 0) > SLOW * milliseconds) continue;
      const absolute = absoluteTolerance(problem, point.tolerance);
      const work = (): unknown => integrator.solve(problem.ode, point.tolerance, absolute);
      const time = quickest(work, milliseconds);
      if (round > 0 || time > SLOW * milliseconds) point.milliseconds = Math.min(point.milliseconds ?? Infinity, time);
    }
  }
  return runs.map(({ point }) => point);
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
      return { ...place, error: Number.isFinite(error) ? error : null, evaluations, milliseconds, outcome };
    }),
  );
}
