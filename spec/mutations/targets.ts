import { readFileSync } from 'node:fs';
import { EQUIVALENT } from './equivalent.js';
import { mutationsOf, type Mutation } from './mutate.js';
import files from './targets.json' with { type: 'json' };

/** A file of lib as it is compiled now, and the specs that are to notice its mutations. */
export interface Target {
  /** Its path, and those of the specs, from the root: `lib/…ts`. */
  file: string;
  specs: string[];
  source: string;
  /** All that the rules make of it. */
  mutations: Mutation[];
}

/** Where a file lies below the root of the compiled tree. */
export function compiledPath(file: string): string {
  return file.replace(/\.ts$/, '.js');
}

/** The files listed in targets.json. */
export function readTargets(): Target[] {
  return files.map((entry) => {
    const source = readFileSync(new URL(`../../${compiledPath(entry.file)}`, import.meta.url), 'utf8');
    return { ...entry, source, mutations: mutationsOf(source) };
  });
}

/** Whether a mutation of a file is listed as equivalent. */
export function isEquivalent(file: string, { place, kind }: Pick<Mutation, 'place' | 'kind'>): boolean {
  return EQUIVALENT.some(
    ([inFile, at, kinds]) => inFile === file && `${place}.`.startsWith(`${at}.`) && kinds.includes(kind),
  );
}
