import { normalizedBy } from './by-statistics.js';

/** Population normalization: by the training set, as constants. */
export const populationNormalization = normalizedBy({ mean: 'population', deviation: 'population' });
