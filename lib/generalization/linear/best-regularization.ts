import { bestBatchSize, type BatchNormalizedTask } from './batch-normalized.js';
import { bestStoppingTime } from './best-stopping-time.js';
import { linearGeneralization } from './linear.js';
import { batchSizeOfOptimalDecay, optimalGammaDecay } from './optimal-decay.js';

/** The best regularization of the linear student at a load: by decay, by stopping early, by batch normalization. */
export interface BestRegularization {
  readonly optimalGammaDecay: number;
  readonly optimalError: number;
  /** The batch size whose published ζ is the optimal one; Infinity without noise. */
  readonly batchSizeOfOptimalDecay: number;
  readonly bestStoppingTime: number;
  readonly stoppedError: number;
  /** The batch size at which batch normalization itself is best, its ε, and what no batch size beats. */
  readonly bestBatchSize: number;
  readonly bestBatchError: number;
  readonly batchErrorBound: number;
}

/**
 * The optimal gamma decay, batch size and stopping time of a task, with the errors they come to.
 *
 * @throws RangeError or TypeError naming an argument out of its domain
 */
export function bestRegularization(options: BatchNormalizedTask): BestRegularization {
  const { load, noiseVariance = 0, teacherLength = 1 } = options;
  const task = { load, noiseVariance, teacherLength };
  const gammaDecay = optimalGammaDecay(task);
  const stopped = bestStoppingTime(task);
  const batch = bestBatchSize(options);
  return {
    optimalGammaDecay: gammaDecay,
    optimalError: linearGeneralization({ ...task, gammaDecay }).generalizationError,
    batchSizeOfOptimalDecay: noiseVariance === 0 ? Infinity : batchSizeOfOptimalDecay(task),
    bestStoppingTime: stopped.time,
    stoppedError: stopped.generalizationError,
    bestBatchSize: batch.batchSize,
    bestBatchError: batch.generalizationError,
    batchErrorBound: batch.bound,
  };
}
