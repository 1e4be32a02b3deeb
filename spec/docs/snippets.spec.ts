import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runIn } from '../support/command-line.js';
import { commandLines, documentationPages, fencedBlocks, fileShown, wordsOf } from '../support/pages.js';
import { agrees, claimOf, examplesOf, filesBelow, runSnippet } from '../support/snippets.js';

const pages = documentationPages();

describe('examples in doc comments run, and show what they compute', () => {
  const examples = filesBelow('lib', '.ts').flatMap(examplesOf);

  it('are there', () => {
    expect(examples.length).toBeGreaterThan(25);
  });

  it.each(examples.map((example, index) => [example.title, example, index] as const))(
    '%s',
    async (_, example, index) => {
      expect(await runSnippet(example, `example-${index}`)).toEqual([]);
    },
  );
});

// Some examples write where they run.
function removeFiles(): void {
  for (const name of ['learning-curves.pdf', 'noise.jsonl', 'rates.jsonl']) rmSync(name, { force: true });
}
beforeAll(removeFiles);
afterAll(removeFiles);

describe('TypeScript in README and docs runs, and shows what it computes', () => {
  const blocks = pages.flatMap((page) => fencedBlocks(page, 'ts'));

  it.each(blocks.map((block, index) => [block.title, block, index] as const))(
    '%s',
    async (_, block, index) => {
      expect(await runSnippet(block, `page-${index}`)).toEqual([]);
    },
  );
});

// Commands of a page run one after another in a folder that holds the files shown on the page.
describe.each(pages.filter((page) => fencedBlocks(page, 'sh').length > 0))('commands in %s run', (page) => {
  const folder = mkdtempSync(join(tmpdir(), 'order-parameters-page-'));
  for (const block of ['yaml', 'json'].flatMap((language) => fencedBlocks(page, language))) {
    const name = fileShown(block);
    if (name !== undefined) writeFileSync(join(folder, name), block.code);
  }
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const commands = fencedBlocks(page, 'sh')
    .flatMap(commandLines)
    .filter((line) => wordsOf(line) !== undefined);

  it.each(commands.length > 0 ? commands : ['npm alone'])('%s', (line) => {
    const { status, stderr } = runIn(folder, ...(wordsOf(line) ?? ['--version']));
    expect([status, stderr]).toEqual([0, '']);
  });
});

describe('the reader of claims', () => {
  it('reads literals and compares to the digits shown', () => {
    expect(claimOf('0.25')).toBe('0.25');
    expect(claimOf('2M = 8')).toBe('8');
    expect(claimOf('−0.2')).toBe('-0.2');
    expect(claimOf("['a', 'b']")).toBe("['a', 'b']");
    expect(claimOf('1/√π')).toBeUndefined();
    expect(agrees(0.254, '0.25')).toBe(true);
    expect(agrees(0.256, '0.25')).toBe(false);
    expect(agrees(2.7999, '2.79...')).toBe(true);
    expect(agrees(2.78, '2.79...')).toBe(false);
    expect(agrees(['a'], "['a']")).toBe(true);
    expect(agrees(true, 'false')).toBe(false);
  });
});
