import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { documentationPages } from '../support/pages.js';

const KINDS = ['findings', 'guide', 'reference', 'theory'];
// A README tells what the files beside it are.
const pages = documentationPages().filter(
  (path) => path.startsWith('docs/') && basename(path) !== 'README.md',
);

/** What occurs more than once. */
function twice(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

describe('pages of docs', () => {
  it('are guide, theory, findings or reference, each kind with an index', () => {
    expect([...new Set(pages.map(dirname))].sort()).toEqual(KINDS.map((kind) => `docs/${kind}`));
    expect(pages.filter((path) => basename(path) === 'index.md').length).toBe(KINDS.length);
  });

  it('have names and titles of their own', () => {
    expect(twice(pages.map((path) => basename(path)).filter((name) => name !== 'index.md'))).toEqual([]);
    const titles = pages.map((path) => /^# (.+)$/m.exec(readFileSync(path, 'utf8'))?.[1] ?? '');
    expect(titles).not.toContain('');
    expect(twice(titles)).toEqual([]);
  });

  it.each(KINDS)('of kind %s are all linked from its index', (kind) => {
    const index = readFileSync(`docs/${kind}/index.md`, 'utf8');
    const names = pages.filter((path) => dirname(path) === `docs/${kind}`).map((path) => basename(path));
    expect(names.filter((name) => name !== 'index.md' && !index.includes(`](${name})`))).toEqual([]);
  });
});
