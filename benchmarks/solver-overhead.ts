/**
 * What our solver layer adds to odex: the ReLU weight-normalization problem to t = 1000, no events, no asked times, the same
 * tolerances and the same step limit, 200 pairs of runs taken alternately, ratio of the two times in each pair.
 */
import { Solver } from 'odex';
import { relu, solve, weightNormalization } from '../lib/index.js';
import { quantile, quartiles, record, timePairs } from './measure.js';

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

for (let warm = 0; warm < 100; warm++) {
  rawOdex();
  ourLayer();
}
const pairs = timePairs(PAIRS, rawOdex, ourLayer);
const [lower, median, upper] = quartiles(pairs.map(([raw, ours]) => ours / raw));
const evaluations = { raw: rawOdex(), ours: ourLayer() };
console.log(
  `time of our layer over raw odex: median ${median.toFixed(3)}, quartiles ${lower.toFixed(3)} to ${upper.toFixed(3)}`,
);
console.log(`evaluations: raw ${evaluations.raw}, ours ${evaluations.ours}`);
record('solver-overhead', {
  problem:
    'weight normalization, ReLU, eta = eta_gamma = 0.5, zeta = 0.2, M = 1, S = 0.05, to t = 1000, tolerance 1e-8',
  pairs: PAIRS,
  medianRatio: median,
  quartiles: [lower, upper],
  evaluations,
  medianMilliseconds: {
    raw: quantile(
      pairs.map(([raw]) => raw),
      0.5,
    ),
    ours: quantile(
      pairs.map(([, ours]) => ours),
      0.5,
    ),
  },
});
