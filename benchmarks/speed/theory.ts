import { batchNormalization, relu, solve, weightNormalization, type Activation } from '../../lib/index.js';
import { odex } from '../../lib/ode/methods/odex.js';
import { generalizationCurve } from '../../lib/generalization/saddle/curve.js';
import type { Benchmark } from './benchmark.js';
import {
  COURSE,
  END,
  initial,
  ODEX,
  problem,
  PROBLEM,
  rawOdex,
  TOLERANCE,
  YARDSTICK,
  yardstick,
} from './yardstick.js';

const solverOptions = {
  initial,
  until: END,
  relativeTolerance: TOLERANCE,
  absoluteTolerance: TOLERANCE,
} as const;
const { learningRate, noiseVariance } = problem;
const rule = weightNormalization({ ...problem, activation: relu });

/** What a user gets from `solve` without naming a method, against code that is not ours. */
const trajectory: Benchmark = {
  name: 'trajectory',
  ratio: 'solve / raw odex',
  problem: `${PROBLEM}; over ${YARDSTICK}`,
  better: 'smaller',
  clock: 'processor',
  pairs: { full: 400, quick: 120 },
  warmUp: 1000,
  prepare: () => ({
    first: () => solve({ ...solverOptions, rule }),
    second: yardstick(1),
  }),
};

/** What our layer adds to the method: the same method on the same right-hand side, ours, makes the same evaluations. */
const solverLayer: Benchmark = {
  name: 'solver-layer',
  ratio: 'solve / raw odex, same equations (ours)',
  problem: `${PROBLEM}; over ${ODEX}`,
  better: 'smaller',
  clock: 'processor',
  pairs: { full: 400, quick: 120 },
  warmUp: 1000,
  prepare: () => ({
    first: () => solve({ ...solverOptions, rule, method: odex }),
    second: () => rawOdex(rule.derivative),
  }),
};

const BATCH_SIZE = 32;
const YARDSTICKS_OF_TABLE = 40;

/** Tables are kept, so that each is asked for with a slope of its own, which differ in the seventh digit. */
function freshRelu(count: number): Activation {
  return { ...relu, slopes: [1 + 1e-7 * count, 0] };
}

const tableAndTrajectory: Benchmark = {
  name: 'bn-table-and-trajectory',
  ratio: 'exact BN table and solve / raw odex',
  problem: `batch normalization, relu, batchSize ${BATCH_SIZE}, learningRate ${learningRate}, noiseVariance ${noiseVariance}, ${COURSE}; over ${YARDSTICK}`,
  better: 'smaller',
  clock: 'processor',
  pairs: { full: 15, quick: 4 },
  warmUp: 3,
  prepare: () => {
    let built = 0;
    return {
      first: () =>
        solve({
          ...solverOptions,
          rule: batchNormalization({
            activation: freshRelu(++built),
            learningRate,
            noiseVariance,
            batchSize: BATCH_SIZE,
          }),
        }),
      second: yardstick(YARDSTICKS_OF_TABLE),
      scale: YARDSTICKS_OF_TABLE,
    };
  },
};

const LOADS = Array.from({ length: 50 }, (_, i) => 0.1 * 100 ** (i / 49));
const YARDSTICKS_OF_CURVE = 15;
const curve = { activation: relu, gammaDecay: 0.1, noiseVariance };

const saddlePointCurve: Benchmark = {
  name: 'saddle-point-curve',
  ratio: 'learning curve / raw odex',
  problem: `relu, 50 loads from 0.1 to 10 in both directions, gammaDecay 0.1, noiseVariance ${noiseVariance}; over ${YARDSTICK}`,
  better: 'smaller',
  clock: 'processor',
  pairs: { full: 35, quick: 10 },
  warmUp: 8,
  prepare: () => ({
    first: () => generalizationCurve({ ...curve, loads: LOADS }),
    second: yardstick(YARDSTICKS_OF_CURVE),
    scale: YARDSTICKS_OF_CURVE,
  }),
};

/** Trajectories and learning curves. */
export const theoryBenchmarks = [trajectory, solverLayer, tableAndTrajectory, saddlePointCurve];
