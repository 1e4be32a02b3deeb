import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsed, refusalOf, run, runLine } from '../support/command-line.js';
import { rowsOf } from './generalization-rows.js';

describe('generalization', () => {
  it('of the minimum norm is 1 − α + αS/(1 − α) below α = 1, S/(α − 1) above, and Infinity at 1', () => {
    const s = 0.25;
    const [half, one, two] = rowsOf('--load 0.5,1,2 --noise-variance 0.25');
    expect(half['generalizationError']).toBeCloseTo(0.5 + s, 14);
    expect(one['generalizationError']).toBe('Infinity');
    expect(two['generalizationError']).toBeCloseTo(s, 14);
  });

  it('of ReLU are the saddle points of docs/theory/generalization.md#checks', () => {
    const two = rowsOf('--activation relu --load 2 --gamma-decay 0.25 --noise-variance 0.05');
    const four = rowsOf('--activation relu --load 4 --gamma-decay 0.125 --noise-variance 0.05');
    // Nine digits are printed there.
    expect(Math.abs(Number(two[0]['generalizationError']) - 0.172942041)).toBeLessThan(6e-10);
    expect(Math.abs(Number(four[0]['generalizationError']) - 0.065142485)).toBeLessThan(6e-10);
  });

  it('takes loads as from:to:count, and several strengths of decay', () => {
    const rows = rowsOf('--load 0.5:2:4 --gamma-decay 0.1,0.2');
    expect(rows.map((row) => row['load'])).toEqual([0.5, 1, 1.5, 2, 0.5, 1, 1.5, 2]);
    expect(rows.map((row) => row['gammaDecay'])).toEqual([0.1, 0.1, 0.1, 0.1, 0.2, 0.2, 0.2, 0.2]);
  });

  it('of batch normalization are its own closed forms, by either statistics and from either start', () => {
    const line = '--rule batch-normalization --batch-size 8 --noise-variance 0.25 --load 0.5,2';
    const errorsOf = (more: string): unknown[] =>
      rowsOf(`${line} ${more}`).map((row) => Number(row['generalizationError']).toFixed(5));
    // docs/theory/generalization.md#what-batch-normalization-itself-learns
    expect(errorsOf('')).toEqual(['0.85321', '0.20397']);
    expect(errorsOf('--statistics training')).toEqual(['0.70845', '0.21318']);
    const [large] = rowsOf(`${line} --start large`);
    expect(large).toMatchObject({ susceptibility: null, gammaDecay: 0, state: 'stable' });
    expect(Number(large['overlap'])).toBeCloseTo(Math.sqrt(1 / 6), 14);
  });

  it('of weight normalization with the decay published for a batch size are a curve of their own', () => {
    const line = '--activation relu --load 2';
    const [published] = rowsOf(`${line} --gamma-decay published --batch-size 8`);
    const [typed] = rowsOf(`${line} --gamma-decay 0.046875`);
    expect(published).toEqual(typed);
  });

  it('of batch normalization of another unit are students without a theory', () => {
    const line = '--rule batch-normalization --batch-size 4 --activation relu --load 2';
    const { columns, rows } = parsed(runLine(`generalization ${line} --dimension 20 --runs 2 --until 20`));
    const row = Object.fromEntries(columns.map((name, i) => [name, rows[0][i]]));
    expect(row).toMatchObject({ generalizationError: null, generalizationErrorZ: null, state: 'no-theory' });
    expect(row['generalizationErrorSimulated']).toBeGreaterThan(0);
  });

  it('trains students beside the theory', () => {
    const [row] = rowsOf('--load 2 --gamma-decay 0.1 --noise-variance 0.25 --dimension 200 --runs 16');
    // Three quantities at |z| < 4.5, false alarm rate 2e-5; the O(1/N) bias is below a standard error.
    for (const name of ['generalizationError', 'gamma', 'overlap']) {
      expect(Math.abs(Number(row[`${name}Z`]))).toBeLessThan(4.5);
      expect(Number(row[`${name}StandardError`])).toBeLessThan(0.1 * Number(row[name]));
    }
  });

  it('trains linear students of 1e5 dimensions beside the theory, without their inputs', () => {
    const rows = rowsOf(
      '--load 0.5,2 --gamma-decay 0,0.1 --noise-variance 0.25 --dimension 1e5 --engine bidiagonal',
    );
    expect(rows).toHaveLength(4);
    for (const row of rows) {
      for (const name of ['generalizationError', 'gamma', 'overlap']) {
        // Eight runs: |t| > 11 has probability 1e-5, in one of twelve 1.3e-4.
        expect(Math.abs(Number(row[`${name}Z`]))).toBeLessThan(11);
        // A run fluctuates by about 1/√N = 0.3 %, the mean of eight by a third of that.
        expect(Number(row[`${name}StandardError`])).toBeLessThan(0.01 * Number(row[name]));
      }
    }
  });

  it('stops gradient flow: at α = 1, S = 0, τ = 0 nothing is learned, and late all', () => {
    const rows = rowsOf('--load 2 --flow-times 0,1,1000');
    expect(rows.map((row) => row['time'])).toEqual([0, 1, 1000]);
    expect(rows[0]['generalizationError']).toBeCloseTo(1, 14);
    expect(Number(rows[2]['generalizationError'])).toBeLessThan(1e-9);
  });

  it('finds the best decay S/α, its batch size 3α/(4S), and a stopping time that is almost as good', () => {
    const [row] = rowsOf('--load 2 --optimum --noise-variance 0.25');
    expect(row['optimalGammaDecay']).toBeCloseTo(0.125, 14);
    expect(row['batchSizeOfOptimalDecay']).toBeCloseTo(6, 12);
    expect(Number(row['stoppedError'])).toBeGreaterThan(Number(row['optimalError']));
    expect(Number(row['stoppedError'])).toBeLessThan(1.1 * Number(row['optimalError']));
  });

  it('prints a configuration that gives the result again', () => {
    const line = '--activation relu --load 1,2 --gamma-decay 0.2 --noise-variance 0.1';
    const first = runLine(`generalization ${line}`).stdout;
    const config = parsed({ status: 0, stderr: '', stdout: first })['config'] as Record<string, unknown>;
    expect(config['gammaDecay']).toEqual([0.2]);
    expect(config['load']).toEqual([1, 2]);
  });

  it.each([
    ['flowTimes: []', 2, 'error: configuration: --flow-times: must have at least one number'],
    ['flowTimes: 0.5', 0, ''],
    ['flowTimes: 0:1:3', 0, ''],
    [
      'flowTimes: .inf',
      2,
      'error: configuration: --flow-times: must be a number, a list of numbers, or like',
    ],
    [
      'gammaDecay: 1:x',
      2,
      'error: --gamma-decay must be like 0.5,1,2 or 0.5:8:50 (from:to:count), or 0.5:8:50:log; got "1:x"',
    ],
  ])('reads %s of a file', (entry, status, message) => {
    const directory = mkdtempSync(join(tmpdir(), 'generalization-'));
    const path = join(directory, 'run.yaml');
    writeFileSync(path, `load: 1\n${entry}\n`);
    const ended = run('generalization', '--config', path);
    rmSync(directory, { recursive: true });
    expect([ended.status, ended.stderr.slice(0, message.length || 1)]).toEqual([status, message]);
  });

  it('prints what there is of students that diverged or stopped early, and fails', () => {
    const task = 'generalization --rule sgd --load 1 --dimension 10 --runs 2';
    const diverged = runLine(`${task} --learning-rate 100`);
    expect([diverged.status, diverged.stderr]).toEqual([1, '']);
    const object = parsed(diverged);
    expect([object['outcome'], object['message']]).toEqual([
      'diverged',
      'load 1: diverged in 2 of 2 runs: take a smaller learningRate',
    ]);
    expect(object.rows[0][object.columns.indexOf('gammaSimulated')]).toBe('NaN');
    const early = runLine(`${task} --noise-variance 0.1 --until 1`);
    expect([early.status, parsed(early)['outcome']]).toEqual([1, 'step-limit']);
  });

  it.each([
    [
      ['--load', '0.5:2'],
      '--load must be like 0.5,1,2 or 0.5:8:50 (from:to:count), or 0.5:8:50:log; got "0.5:2"',
    ],
    [['--load', '-1'], '--load[0] must be a finite number > 0; got -1'],
    [['--load', '1,0.5'], '--load[1] must be greater than the one before it, 1; got 0.5'],
    [[], '--load must be given'],
    [['--load', '1', '--rule', 'sgd', '--gamma-decay', '1'], '--gamma-decay must be left out for rule sgd'],
    [
      ['--load', '1', '--rule', 'batch-normalization', '--batch-size', '8', '--activation', 'relu'],
      '--dimension must be given for rule batch-normalization with activation relu, which has no theory',
    ],
    [['--load', '1', '--gamma-decay', 'published'], '--batch-size must be given for a published gammaDecay'],
    [
      ['--load', '1', '--statistics', 'training'],
      '--statistics must be left out for rule weight-normalization',
    ],
    [['--load', '1', '--rule', 'batch-normalization'], '--batch-size must be given for rule batch-norm'],
    [['--load', '1', '--activation', 'relu', '--optimum'], '--optimum must be left out for activation relu'],
    [['--load', '1', '--activation', 'erf', '--flow-times', '1'], '--flow-times must be left out for'],
    [
      ['--load', '1', '--teacher-activation', 'relu', '--dimension', '50', '--engine', 'bidiagonal'],
      '--engine must be explicit for a teacher with activation relu',
    ],
    [
      ['--load', '1', '--teacher-length', '1e-200', '--activation', 'relu'],
      '--teacher-length must be a number from',
    ],
    [['--load', '0.001,1', '--dimension', '50'], '--load must be such that round(load × 50) >= 1; got 0.001'],
    [
      ['--load', '1:2:1'],
      '--load must be from:to:count with an integer count from 2 to 1000000; got "1:2:1"',
    ],
    [
      ['--load', '1', '--engine', 'bidiagonal'],
      '--engine must be left out where dimension is not given; got "bidiagonal"',
    ],
    [
      ['--load', '1', '--engine', 'bidiagonal', '--dimension', '50', '--activation', 'relu'],
      '--engine must be explicit for activation relu; got "bidiagonal"',
    ],
    [
      ['--load', '1', '--engine', 'bidiagonal', '--dimension', '50', '--rule', 'sgd'],
      '--engine must be explicit for rule sgd; got "bidiagonal"',
    ],
    [
      [
        ...['--load', '1', '--engine', 'bidiagonal', '--dimension', '50'],
        ...['--rule', 'batch-normalization', '--batch-size', '8'],
      ],
      '--engine must be explicit for rule batch-normalization; got "bidiagonal"',
    ],
    [
      ['--load', 'Infinity'],
      '--load must be like 0.5,1,2 or 0.5:8:50 (from:to:count), or 0.5:8:50:log; got "Infinity"',
    ],
    [['--load', '1', '--flow-times', '-1'], '--flow-times[0] must be a number from 0 to 1e+300; got -1'],
    [
      ['--load', '1', '--flow-times', '1', '--dimension', '9'],
      '--dimension must be left out where flowTimes is',
    ],
    [
      ['--load', '1', '--optimum', '--gamma-decay', '1'],
      '--gamma-decay must be left out where optimum is given',
    ],
    [
      ['--load', '1', '--optimum', '--flow-times', '1'],
      '--flow-times must be left out where optimum is given',
    ],
    [
      ['--load', '1', '--optimum', '--dimension', '50'],
      '--dimension must be left out where optimum is given',
    ],
    [['--load', '1', '--optimum', '--rule', 'sgd'], '--optimum must be left out for rule sgd; got true'],
    [['--load', '1', '--rule', 'sgd', '--batch-size', '0'], '--batch-size must be an integer >= 1; got 0'],
    [
      ['--load', '1', '--rule', 'batch-normalization', '--batch-size', '1.5'],
      '--batch-size must be an integer >= 4; got 1.5',
    ],
  ])('%p is refused in one line', async (args, message) => {
    const refusal = await refusalOf('generalization', ...args);
    expect(refusal?.status).toBe(2);
    expect(refusal?.message).not.toContain('\n');
    expect(refusal?.message).toContain(message);
  });
});
