import { batchDeviation } from './batch-deviation.js';
import { batchMean } from './batch-mean.js';
import { batchNormalization } from './batch-normalization.js';
import { layerNormalization } from './layer-normalization.js';
import type { Method } from './method.js';
import { none } from './none.js';
import { populationNormalization } from './population-normalization.js';
import { weightNormalization } from './weight-normalization.js';

/** The methods by their names on the command line. */
export const methods = {
  none,
  'weight-normalization': weightNormalization,
  'batch-normalization': batchNormalization,
  'batch-mean': batchMean,
  'batch-deviation': batchDeviation,
  'population-normalization': populationNormalization,
  'layer-normalization': layerNormalization,
} satisfies Readonly<Record<string, Method>>;

/** The name of a method. */
export type MethodName = keyof typeof methods;

/** The names of all methods. */
export const methodNames = Object.keys(methods) as [MethodName, ...MethodName[]];
