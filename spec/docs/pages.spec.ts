import { parse } from 'yaml';
import { commandLines, documentationPages, fencedBlocks, fencesOf, wordsOf } from '../support/pages.js';

const pages = documentationPages();

// TypeScript and commands are run by snippets.spec.ts, YAML and JSON are read below; plain text is shown only.
const languages = ['ts', 'sh', 'yaml', 'json', 'text', ''];

it('pages are README, CONTRIBUTING and those of docs, in all of its folders', () => {
  expect(pages).toEqual(
    expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/findings/paper.md', 'docs/guide/index.md']),
  );
});

describe.each(pages)('%s', (page) => {
  it('has fences of known languages only, so that no code goes unread', () => {
    expect(
      fencesOf(page)
        .filter(({ info }) => !languages.includes(info))
        .map(({ title }) => title),
    ).toEqual([]);
  });

  it('shows YAML and JSON that can be read', () => {
    for (const { code } of fencedBlocks(page, 'yaml')) expect(() => parse(code) as unknown).not.toThrow();
    for (const { code } of fencedBlocks(page, 'json'))
      expect(() => JSON.parse(code) as unknown).not.toThrow();
  });

  it('has commands of this package, which are run, or of npm, git and node, which are not', () => {
    const others = fencedBlocks(page, 'sh')
      .flatMap(commandLines)
      .filter((line) => wordsOf(line) === undefined);
    expect(others.filter((line) => !/^(npm|npx|git|cd|node) /.test(line))).toEqual([]);
  });
});

describe('the reader of pages', () => {
  it('joins and splits commands as a shell does', () => {
    expect(commandLines({ title: '', code: 'npm ci # once\na \\\n  b\n' })).toEqual(['npm ci', 'a b']);
    expect(wordsOf("npx order-parameters dynamics --activation 'tanh(2 z)'")).toEqual([
      'dynamics',
      '--activation',
      'tanh(2 z)',
    ]);
    expect(wordsOf('npm ci')).toBeUndefined();
  });
});
