import { readdirSync, readFileSync } from 'node:fs';
import { commandLine } from '../../benchmarks/command-line.js';
import { suite } from '../../benchmarks/speed/suite.js';
import { END, initial, plainEquations, problem, rawOdex } from '../../benchmarks/speed/yardstick.js';
import { relu, solve, weightNormalization } from '../../lib/index.js';

const rule = weightNormalization({ ...problem, activation: relu });

describe('the yardstick', () => {
  it('solves the equations of the package', () => {
    const [plain, ours] = [new Float64Array(3), new Float64Array(3)];
    for (const state of [
      [0.5, 0.9, 0.8],
      [1.2, 0.3, 1],
      [0.7, 0.01, 2],
      [0.3, 1.6, 0.5],
    ]) {
      plainEquations(0, state, plain);
      rule.derivative(0, state, ours);
      for (let i = 0; i < 3; i++) expect(Math.abs(plain[i] - ours[i])).toBeLessThan(1e-13);
    }
    const [gamma, misalignment, length] = rawOdex(plainEquations);
    const last = solve({ rule, initial, until: END }).at(END);
    for (const [value, expected] of [
      [gamma, last.gamma],
      [1 - misalignment, last.overlap],
      [length, last.length],
    ])
      expect(Math.abs(value / expected - 1)).toBeLessThan(1e-5);
  });
});

describe('the suite', () => {
  it('has names of its own for all, and says of each yardstick of ours that it is ours', () => {
    const names = suite.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { ratio } of suite) expect(ratio).toMatch(/ \/ /);
    const foreign = suite.filter(({ ratio }) => ratio.endsWith('/ raw odex'));
    const own = suite.filter(({ ratio }) => ratio.includes('(ours)'));
    expect(foreign.length + own.length).toBe(suite.length);
  });
});

describe('the README', () => {
  const rows = readFileSync('benchmarks/README.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `') && !line.startsWith('| `npm'))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));

  it('has every ratio with its sense, and every longer table', () => {
    const ratios = suite.map(({ name, better }) => [name, better]);
    const tables = readdirSync('benchmarks/details')
      .filter((file) => file.endsWith('.ts') && file !== 'command.ts')
      .map((file) => file.replace('.ts', ''));
    expect(rows.slice(0, ratios.length).map((cells) => [cells[1], cells[4]])).toEqual(ratios);
    expect(
      rows
        .slice(ratios.length)
        .map((cells) => cells[1])
        .sort(),
    ).toEqual(tables.sort());
  });
});

describe('bad usage', () => {
  it.each([
    [['--only', 'nothing'], /^--only must be one or more of trajectory, .*; got "nothing"$/],
    [['--compare', 'no/such/file'], /^cannot read no\/such\/file: no such file or directory$/],
    [['nothing'], /^suite must be one of speed, .*; got "nothing"$/],
    [['details', 'nothing'], /^names must be one or more of batch-normalization, .*; got "nothing"$/],
    [['--quik'], /^unknown option '--quik'[^\n]*$/],
  ])('%j is answered in one line', async (words, line) => {
    expect(await commandLine(words)).toMatch(line);
  });
});
