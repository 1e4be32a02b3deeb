import { existsSync } from 'node:fs';
import { EQUIVALENT } from './equivalent.js';
import { readTargets } from './targets.js';

const targets = readTargets();

describe('the table of files and the specs that test them', () => {
  it('names files that are there, each once', () => {
    const paths = targets.flatMap(({ file, specs }) => [file, ...specs]);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
    expect(new Set(targets.map(({ file }) => file)).size).toBe(targets.length);
  });

  it('has specs for each, and something to change in each', () => {
    const idle = targets.filter(({ specs, mutations }) => specs.length === 0 || mutations.length === 0);
    expect(idle.map(({ file }) => file)).toEqual([]);
  });
});

describe('the list of equivalent mutations', () => {
  it('names none that is not there any more', () => {
    const gone = EQUIVALENT.flatMap(([file, place, kinds]) => {
      const there = targets
        .filter((target) => target.file === file)
        .flatMap(({ mutations }) => mutations.filter((made) => `${made.place}.`.startsWith(`${place}.`)));
      return kinds
        .filter((kind) => !there.some((made) => made.kind === kind))
        .map((kind) => [file, place, kind]);
    });
    expect(gone).toEqual([]);
  });
});
