import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { documentationPages } from '../support/pages.js';
import { filesBelow } from '../support/snippets.js';

interface Links {
  readonly anchorsOf: (text: string) => Set<string>;
}

const { anchorsOf } = (await import(pathToFileURL(resolve('.config/markdown-links.js')).href)) as Links;

const sources = ['lib', 'spec', 'benchmarks', 'docs/examples', 'docs/figures'].flatMap((folder) =>
  ['.ts', '.js', '.py', '.c', '.yaml', '.json', '.md'].flatMap((ending) => filesBelow(folder, ending)),
);
// Their pages are made up, or stand in every folder.
const exempt = ['links', 'named-pages', 'kinds'].map((name) => `spec/docs/${name}.spec.ts`);
const files = [...new Set([...sources, ...documentationPages()])].filter((path) => !exempt.includes(path));

/** What is wrong with the pages that a text names, from the root of the repository or from its own folder, anchors included. */
function wrongPages(text: string, folder: string): string[] {
  const names = [...text.matchAll(/(?<![\w./-])([\w./-]+\.md)(?:#([\p{L}\p{M}\p{N}_-]+))?/gu)];
  return names
    .filter(([, path, anchor = '']) => {
      const page = [path, join(folder, path)].find((place) => existsSync(place));
      if (page === undefined) return true;
      return anchor !== '' && !anchorsOf(readFileSync(page, 'utf8')).has(anchor);
    })
    .map(([name]) => name);
}

/** The files and folders of the repository that a page names in code words and that are not there. */
function wrongPaths(text: string): string[] {
  const names = [...text.matchAll(/`((?:lib|spec|docs|benchmarks|\.config|\.ci)\/[\w./-]*)[^`\n]*`/g)];
  // Results and the site are made by commands and not kept.
  const made = /^(benchmarks\/results|docs\/(site|node_modules|\.vitepress\/dist))(\/|$)/;
  return names.map(([, path]) => path).filter((path) => !made.test(path) && !existsSync(path));
}

describe('files of lib, spec, docs and benchmarks', () => {
  it('name no page and no section that is not in the repository', () => {
    expect(files.length).toBeGreaterThan(300);
    const wrong = files.flatMap((file) =>
      wrongPages(readFileSync(file, 'utf8'), dirname(file)).map((name) => `${file}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('name, where they are pages, no file that is not in the repository', () => {
    const wrong = documentationPages().flatMap((page) =>
      wrongPaths(readFileSync(page, 'utf8')).map((path) => `${page}: ${path}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the look for pages', () => {
  it('finds those that are missing, and sections that are', () => {
    const text =
      'docs/theory/averages.md, docs/theory/averages.md#quadrants, docs/theory/averages.md#none, NOTES.md, (theory/index.md)';
    expect(wrongPages(text, 'docs')).toEqual(['docs/theory/averages.md#none', 'NOTES.md']);
    expect(
      wrongPaths('`lib/ode/run.ts`, `lib/none.ts`, `spec/ode`, `benchmarks/results/history.jsonl`'),
    ).toEqual(['lib/none.ts']);
  });
});
