import { existsSync, readFileSync } from 'node:fs';
import * as core from '../../lib/index.js';
import * as networks from '../../lib/networks/index.js';
import { filesBelow } from '../support/snippets.js';

const page = readFileSync('docs/findings/paper.md', 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '');
const named = [...new Set([...page.matchAll(/`([^`]+)`/g)].map((match) => match[1]))];
const specs = named.filter((name) => name.startsWith('spec/'));

/** Rows of the tables of claims: number, claim, verdict, functions, tests. */
const claims = page
  .split('\n')
  .filter((line) => /^\| [A-E]\d+ \|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, number, claim, verdict, functions, tests]) => ({ number, claim, verdict, functions, tests }));

/** A spec and the names of tests quoted after it. */
const quoted = [...page.matchAll(/`(spec\/[^`]+)`((?:,? “[^”]+”)+)/g)].flatMap((match) =>
  [...match[2].matchAll(/“([^”]+)”/g)].map((name) => [match[1], name[1]] as const),
);

describe('the page on the paper', () => {
  it('names nothing in code but exports of the package and specs', () => {
    const known = new Set(Object.keys({ ...core, ...networks }));
    expect(named.filter((name) => !known.has(name) && !specs.includes(name))).toEqual([]);
  });

  it.each(specs)('names %s, which is there', (path) => {
    expect(existsSync(path)).toBe(true);
  });

  it.each(quoted)('quotes a test of %s: %s', (path, name) => {
    const titles = [...readFileSync(path, 'utf8').matchAll(/(['"`])((?:(?!\1).)+)\1/g)].map(
      (match) => match[2],
    );
    expect(titles.some((title) => title.startsWith(name))).toBe(true);
  });

  it('gives every claim one of four verdicts, and a function and a test where it is covered', () => {
    expect(claims.length).toBeGreaterThan(25);
    for (const { verdict, functions, tests } of claims) {
      expect(['confirmed', 'confirmed with conditions', 'not confirmed', 'not covered']).toContain(verdict);
      expect([functions !== '', tests !== ''].every((given) => given === (verdict !== 'not covered'))).toBe(
        true,
      );
    }
  });

  it('shows every figure about the theory', () => {
    const figures = filesBelow('docs/figures', '.yaml').map((path) =>
      path.replace(/^docs\/(.*)yaml$/, '../$1svg'),
    );
    const theory = figures.filter((path) => !/work-precision|\.sweep\./.test(path));
    expect(theory.filter((path) => !page.includes(`](${path})`))).toEqual([]);
  });
});
