import { bestStoppingTime } from './best-stopping-time.js';
import { linearGeneralization, type LinearTask } from './linear.js';
import { optimalBatchSize, optimalGammaDecay } from './optimal-decay.js';

/** The best regularization of the linear student at a load, by decay and by stopping early. */
export interface BestRegularization {
  readonly optimalGammaDecay: number;
  readonly optimalError: number;
  /** The batch size whose published ζ is the optimal one; Infinity without noise. */
  readonly optimalBatchSize: number;
  readonly bestStoppingTime: number;
  readonly stoppedError: number;
}

/**
 * The optimal gamma decay, batch size and stopping time of a task, with the errors they come to.
 *
 * @throws RangeError or TypeError naming an argument out of its domain
 */
export function bestRegularization(task: LinearTask): BestRegularization {
  const { load, noiseVariance = 0, teacherLength = 1 } = task;
  const gammaDecay = optimalGammaDecay({ load, noiseVariance, teacherLength });
  const stopped = bestStoppingTime(task);
  return {
    optimalGammaDecay: gammaDecay,
    optimalError: linearGeneralization({ ...task, gammaDecay }).generalizationError,
    optimalBatchSize:
      noiseVariance === 0 ? Infinity : optimalBatchSize({ load, noiseVariance, teacherLength }),
    bestStoppingTime: stopped.time,
    stoppedError: stopped.generalizationError,
  };
}
