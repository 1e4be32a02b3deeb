import { existsSync, rmSync } from 'node:fs';
import { run } from '../support/command-line.js';
import { agrees, claimOf, examplesOf, fencedBlocks, filesBelow, runSnippet } from '../support/snippets.js';

const pages = ['README.md', ...(existsSync('docs') ? filesBelow('docs', '.md') : [])].filter(
  (path) => !/^docs.(node_modules|site|\.vitepress)\b/.test(path),
);

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

describe('commands in README and docs run', () => {
  const commands = pages
    .flatMap((page) => fencedBlocks(page, 'sh'))
    .flatMap(({ title, code }) =>
      code
        .replaceAll('\\\n', ' ')
        .split('\n')
        .filter((line) => /^(npx )?order-parameters /.test(line))
        .map((line) => [title, line.replace(/^(npx )?order-parameters /, '')] as const),
    );

  it.each(commands)('%s: %s', (_, line) => {
    const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted || plain);
    const { status, stderr } = run(...words);
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
