/**
 * One integrator on one problem, in a process of its own: what other integrators do to the right-hand side, such as calling it with
 * another kind of array, would otherwise slow it down. Words: problem, integrator, thoroughness as JSON. Prints points as JSON.
 */
import { integrators } from './integrators.js';
import { absoluteTolerance, quickest, runOnce, type WorkPrecisionPoint } from './measure-run.js';
import { benchmarkProblems } from './problems.js';
import type { Thoroughness } from './run.js';

const [problemName, integratorName, words] = process.argv.slice(2);
const { tolerances, rounds, milliseconds } = JSON.parse(words) as Thoroughness;
const problem = benchmarkProblems().find(({ description }) => description.name === problemName)!;
const integrator = (await integrators()).find(({ name }) => name === integratorName)!;

// Runs this much longer than the time of one round are warm by themselves, and timed once.
const SLOW = 20;

/** Times a run in one round, unless it is known to be slow. */
function time(point: WorkPrecisionPoint, counts: boolean): void {
  if (point.error === null || (point.milliseconds ?? 0) > SLOW * milliseconds) return;
  const absolute = absoluteTolerance(problem, point.tolerance);
  const took = quickest(() => integrator.solve(problem.ode, point.tolerance, absolute), milliseconds);
  if (counts || took > SLOW * milliseconds)
    point.milliseconds = Math.min(point.milliseconds ?? Infinity, took);
}

const points = tolerances.map((tolerance) => runOnce(integrator, problem, tolerance));
for (let round = 0; round <= rounds; round++) for (const point of points) time(point, round > 0);
console.log(JSON.stringify(points));
