import { batchEntries } from './batch-entries.js';
import type { Entry } from './call.js';
import { dynamicsEntries } from './dynamics-entries.js';
import { ensembleEntries } from './ensemble-entries.js';
import { fileEntries } from './file-entries.js';
import { solverEntries } from './solver-entries.js';

/** Every function there is. */
export const entries: Readonly<Record<string, Entry>> = {
  ...dynamicsEntries,
  ...ensembleEntries,
  ...batchEntries,
  ...fileEntries,
  ...solverEntries,
};

/** Functions whose checks are still to come: the solver's, with its new methods. */
export const pending: readonly string[] = Object.keys(solverEntries);

/** The functions that wrong calls are made of. */
export const tried: Readonly<Record<string, Entry>> = Object.fromEntries(
  Object.entries(entries).filter(([name]) => !pending.includes(name)),
);
