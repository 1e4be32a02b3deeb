import { normalizedBy } from './by-statistics.js';

/** Batch normalization. */
export const batchNormalization = normalizedBy({ mean: 'batch', deviation: 'batch' });
