import { batchEntries } from './batch-entries.js';
import type { Entry } from './call.js';
import { dynamicsEntries } from './dynamics-entries.js';
import { ensembleEntries } from './ensemble-entries.js';
import { fileEntries } from './file-entries.js';
import { networkEntries } from './network-entries.js';
import { solverEntries } from './solver-entries.js';

/** Every function there is, with a valid call. */
export const entries: Readonly<Record<string, Entry>> = {
  ...dynamicsEntries,
  ...ensembleEntries,
  ...batchEntries,
  ...fileEntries,
  ...networkEntries,
  ...solverEntries,
};
