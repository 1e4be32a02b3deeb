import { normalizedBy } from './by-statistics.js';

/** The deviation of the minibatch with the mean of the training set. */
export const batchDeviation = normalizedBy({ mean: 'population', deviation: 'batch' });
