/**
 * What our solver layer adds to odex: the ReLU weight-normalization problem to t = 1000, no events, no asked times, the same
 * tolerances and the same step limit, 200 pairs of runs taken alternately, ratio of the two times in each pair.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { Solver } from 'odex';
import { relu, solve, weightNormalization } from '../lib/index.js';

const PAIRS = 200;
const TOLERANCE = 1e-8;
const rule = weightNormalization({
  activation: relu,
  learningRate: 0.5,
  gammaDecay: 0.2,
  noiseVariance: 0.05,
});
const initial = { gamma: 0.5, overlap: 0.1, length: 0.8 };
const start = Array.from(rule.initialState(initial));

function rawOdex(): number {
  const solver = new Solver(3);
  solver.relativeTolerance = TOLERANCE;
  solver.absoluteTolerance = TOLERANCE;
  solver.maxSteps = 100_000;
  // odex reads the derivative before it calls again, so that one array serves all calls here too.
  const out = new Float64Array(3);
  const result = solver.solve(
    (time, state) => {
      rule.derivative(time, state, out);
      return out;
    },
    0,
    start,
    1000,
  );
  return result.nEval;
}

function ourLayer(): number {
  const run = solve({
    rule,
    initial,
    until: 1000,
    relativeTolerance: TOLERANCE,
    absoluteTolerance: TOLERANCE,
  });
  return run.statistics.evaluations;
}

function milliseconds(work: () => number): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

function quantile(sorted: readonly number[], fraction: number): number {
  return sorted[Math.round(fraction * (sorted.length - 1))];
}

for (let warm = 0; warm < 100; warm++) {
  rawOdex();
  ourLayer();
}
const pairs = Array.from({ length: PAIRS }, (_, index) => {
  // Whichever goes first may find the cache warmer: take turns.
  if (index % 2 === 0) return { raw: milliseconds(rawOdex), ours: milliseconds(ourLayer) };
  const ours = milliseconds(ourLayer);
  return { raw: milliseconds(rawOdex), ours };
});
const ratios = pairs.map(({ raw, ours }) => ours / raw).sort((a, b) => a - b);
const result = {
  problem:
    'weight normalization, ReLU, eta = eta_gamma = 0.5, zeta = 0.2, M = 1, S = 0.05, to t = 1000, tolerance 1e-8',
  pairs: PAIRS,
  medianRatio: quantile(ratios, 0.5),
  quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
  evaluations: { raw: rawOdex(), ours: ourLayer() },
  medianMilliseconds: {
    raw: quantile(
      pairs.map(({ raw }) => raw).sort((a, b) => a - b),
      0.5,
    ),
    ours: quantile(
      pairs.map(({ ours }) => ours).sort((a, b) => a - b),
      0.5,
    ),
  },
  node: process.version,
};
console.log(
  `time of our layer over raw odex: median ${result.medianRatio.toFixed(3)}, quartiles ${result.quartiles.map((q) => q.toFixed(3)).join(' to ')}`,
);
console.log(`evaluations: raw ${result.evaluations.raw}, ours ${result.evaluations.ours}`);
mkdirSync('benchmarks/results', { recursive: true });
writeFileSync('benchmarks/results/solver-overhead.json', `${JSON.stringify(result, null, 2)}\n`);
