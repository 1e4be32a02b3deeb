import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, runLine } from '../support/command-line.js';

const folder = mkdtempSync(join(tmpdir(), 'regularization-'));
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function numbers(...args: string[]): Record<string, number> {
  const { status, stdout, stderr } = run('regularization', ...args);
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Record<string, number>;
}

describe('regularization', () => {
  it.each([
    ['identity', 3 / 4],
    ['relu', 3 / 8],
  ])('of a Gaussian field and %s is %p/M, in two parts', (activation, expected) => {
    const result = numbers('--batch-size', '8', '--activation', activation);
    expect(result['gammaDecay'] * 8).toBeCloseTo(expected, 8);
    expect(result['fromMean'] + result['fromDeviation']).toBeCloseTo(result['gammaDecay'], 14);
    expect(result['kurtosis']).toBe(0);
    expect(result['fisherInformation']).toBeCloseTo(activation === 'relu' ? 0.5 : 1, 8);
  });

  it('reads a column of CSV or JSON, with labels', () => {
    const csv = file('a.csv', 'h,label\n2,0\n8,1\n5,1\n5,0\n');
    const json = file('a.json', '{"h": [2, 8, 5, 5], "label": [0, 1, 1, 0]}');
    for (const path of [csv, json]) {
      const args = ['--batch-size', '2', '--preactivations', path, '--column', 'h', '--labels', 'label'];
      const result = numbers(...args, '--likelihood', 'bernoulli');
      expect(result['kurtosis']).toBeCloseTo(-1, 12);
      expect(result['samples']).toBe(4);
    }
  });

  const base = '--batch-size 2 --preactivations';
  it.each([
    [`${base} ${join(folder, 'missing.csv')}`, 'no such file or directory'],
    [
      `${base} ${file('nan.csv', 'h\n1\nNaN\n3\n')}`,
      'row 2 (line 3): column h must be a finite number; got "NaN"',
    ],
    [
      `${base} ${file('word.csv', 'h\n1\nx\n3\n')}`,
      'row 2 (line 3): column h must be a finite number; got "x"',
    ],
    [
      `${base} ${file('short.csv', 'h,t\n1,2\n3\n')} --column h`,
      'row 2 (line 3): 2 columns are expected; got 1',
    ],
    [`${base} ${file('two.csv', 'h,t\n1,2\n3,4\n')}`, '--column must be given'],
    [`${base} ${file('equal.csv', 'h\n1\n1\n1\n')}`, '--preactivations must be'],
    [`${base} ${file('few.csv', 'h\n1\n')}`, '--preactivations must be'],
    [`${base} ${file('empty.csv', '')}`, 'the file holds no rows'],
    [`${base} ${file('bad.json', '[1, 2')}`, 'cannot parse'],
    [`${base} ${file('a.txt', '1')}`, '--preactivations must end in .csv or .json'],
    [
      `${base} ${file('l.csv', 'h,t\n1,2\n3,4\n5,6\n')} --column h --labels t --likelihood bernoulli`,
      'must be 0 or 1',
    ],
    ['--batch-size 1', '--batch-size must be an integer >= 2; got 1'],
    ['--activation relu', '--batch-size must be given'],
    ['--batch-size 8 --seed 1', '--seed must be left out where no preactivations are given; got 1'],
    ['--batch-size 8 --likelihood poisson', 'Allowed choices are gaussian, bernoulli'],
  ])('%s is bad usage', (line, message) => {
    const { status, stdout, stderr } = runLine(`regularization ${line}`);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect([status, stdout]).toEqual([2, '']);
  });
});
