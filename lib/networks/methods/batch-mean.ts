import { normalizedBy } from './by-statistics.js';

/** The mean of the minibatch with the deviation of the training set. */
export const batchMean = normalizedBy({ mean: 'batch', deviation: 'population' });
