import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Checker {
  brokenLinks(root: string): string[];
}

async function checker(): Promise<Checker> {
  return (await import(pathToFileURL(resolve('.config/check-links.js')).href)) as Checker;
}

/** A repository of these files, the pages outside docs empty unless given. */
function repository(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'links-'));
  const others = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'benchmarks/README.md'];
  const empty = Object.fromEntries(others.map((path) => [path, '']));
  for (const [path, text] of Object.entries({ ...empty, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

describe('links of pages', () => {
  it('lead to files and headings that are there', async () => {
    expect((await checker()).brokenLinks('.')).toEqual([]);
  });

  it('are found broken by file, anchor and image', async () => {
    const page =
      '# A page\n\n[a](b.md#the-limit-ζ--0) [b](b.md#none) ![c](c.svg) [d](#a-page) [e](../../x) [f](#g)';
    const root = repository({ 'docs/a.md': page, 'docs/b.md': '# B\n\n## The limit ζ → 0\n' });
    expect((await checker()).brokenLinks(root)).toEqual([
      'docs/a.md: b.md#none has no heading with this anchor',
      'docs/a.md: c.svg does not exist',
      'docs/a.md: ../../x leaves the repository',
      'docs/a.md: #g has no heading with this anchor',
    ]);
  });

  it('are not looked for in code and formulas, nor on the web', async () => {
    const page =
      '`[a](b)`\n\n```ts\n[a](b);\n```\n\n$E[f](x)$ and $$ [f](x) $$ [web](https://arxiv.org) [`code`](a.md)';
    const root = repository({ 'docs/a.md': page, 'docs/site/b.md': '[a](b)' });
    expect((await checker()).brokenLinks(root)).toEqual([]);
  });

  it('number headings that come again', async () => {
    const root = repository({ 'docs/a.md': '## One\n\n## One\n\n[a](#one) [b](#one-1) [c](#one-2)' });
    expect((await checker()).brokenLinks(root)).toEqual([
      'docs/a.md: #one-2 has no heading with this anchor',
    ]);
  });
});
