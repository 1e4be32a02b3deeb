/**
 * Times one integrator on one problem, in a process of its own: what other integrators or a counter of evaluations do to the right-hand
 * side, such as calling it with another kind of array, would otherwise slow it down. Words: problem, integrator, thoroughness as
 * JSON. Prints the least time at each tolerance, in milliseconds, as JSON.
 */
import { integrators } from './integrators.js';
import { absoluteTolerance, quickest } from './measure-run.js';
import { benchmarkProblems } from './problems.js';
import type { Thoroughness } from './run.js';

const [problemName, integratorName, words] = process.argv.slice(2);
const { tolerances, rounds, milliseconds } = JSON.parse(words) as Thoroughness;
const problem = benchmarkProblems().find(({ description }) => description.name === problemName)!;
const integrator = (await integrators()).find(({ name }) => name === integratorName)!;

// Runs this much longer than the time of one round are warm by themselves, and timed once.
const SLOW = 20;

const times = tolerances.map(() => Infinity);
for (let round = 0; round <= rounds; round++) {
  tolerances.forEach((tolerance, index) => {
    if (times[index] < Infinity && times[index] > SLOW * milliseconds) return;
    const absolute = absoluteTolerance(problem, tolerance);
    const took = quickest(() => integrator.solve(problem.ode, tolerance, absolute), milliseconds);
    // The first round only warms up.
    if (round > 0 || took > SLOW * milliseconds) times[index] = Math.min(times[index], took);
  });
}
console.log(JSON.stringify(times));
