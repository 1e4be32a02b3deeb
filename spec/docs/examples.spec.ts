import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { claimsNotPrinted, claimsOf, runProgram } from '../support/programs.js';
import { filesBelow } from '../support/snippets.js';

const examples = filesBelow('docs/examples', '.ts');

it('there are eight examples or more', () => {
  expect(examples.length).toBeGreaterThanOrEqual(8);
});

describe.each(examples)('%s', (path) => {
  const source = readFileSync(path, 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'order-parameters-example-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('says first what it shows, in under 40 lines', () => {
    expect(source).toMatch(/^\/\/ [A-Z].*\.\n/);
    expect(source.trimEnd().split('\n').length).toBeLessThan(40);
  });

  it('runs, prints what it says it prints, and writes what it says it writes', () => {
    const compiled = join('.build/docs/examples', basename(path).replace(/\.ts$/, '.js'));
    const { status, stdout, stderr } = runProgram(compiled, folder);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).not.toBe('');
    expect(claimsNotPrinted(source, stdout)).toEqual([]);
    const files = [...source.matchAll(/'([\w-]+\.(?:pdf|svg|jsonl))'/g)].map((match) => match[1]);
    expect(readdirSync(folder).sort()).toEqual([...new Set(files)].sort());
  });
});

describe('the reader of programs', () => {
  const source = "console.log('a', x); // 0.25\nconsole.log(y); // 'end'\n";

  it('finds claims', () => {
    expect(claimsOf(source)).toEqual(['0.25', "'end'"]);
  });

  it('misses those that are not printed, or not in this order', () => {
    expect(claimsNotPrinted(source, 'a 0.2504\nmore\nend\n')).toEqual([]);
    expect(claimsNotPrinted(source, 'a 0.27\nend\n')).toEqual(['0.25']);
    expect(claimsNotPrinted(source, 'end\na 0.25\n')).toEqual(["'end'"]);
  });
});
