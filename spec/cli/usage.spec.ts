import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  refusalOf,
  run,
  runInterrupted,
  runLine,
  runWithNodeOptions,
  parsed,
} from '../support/command-line.js';
import { commands } from '../../lib/commands/index.js';
import { plainEnvironment } from '../support/plain-environment.js';

const good =
  'dynamics --rule weight-normalization --learning-rate 0.5 --initial gamma=0.5,overlap=0.1,length=0.8 --until 5';
const folder = mkdtempSync(join(tmpdir(), 'order-parameters-'));
const malformed = join(folder, 'malformed.yaml');
writeFileSync(malformed, 'rule: [unclosed');
const list = join(folder, 'list.yaml');
writeFileSync(list, '- 1\n- 2\n');
const stranger = join(folder, 'stranger.yaml');
writeFileSync(
  stranger,
  'rule: sgd\nspeed: 3\nlearningRate: 1\ninitial: { overlap: 0, length: 1 }\nuntil: 1\n',
);
const mistyped = join(folder, 'mistyped.yaml');
writeFileSync(mistyped, 'rule: weight-normalization\ngamaDecay: 3\nlearningRate: 1\n');

describe('bad usage ends in one line on standard error, nothing on standard output, exit status 2', () => {
  it.each([
    [`${good} --learning-rate 0`, '--learning-rate must be a finite number > 0; got 0'],
    [`${good} --learning-rate -1`, '--learning-rate must be a finite number > 0; got -1'],
    [`${good} --learning-rate 0-t-1`, '--learning-rate(0) must be a finite number >= 0; got -1'],
    [`${good} --learning-rate fast`, '--learning-rate expression "fast": unknown name fast'],
    [`${good} --gamma-learning-rate 0`, '--gamma-learning-rate must be a finite number > 0; got 0'],
    [`${good} --gamma-decay -1`, '--gamma-decay must be a finite number >= 0; got -1'],
    [`${good} --batch-size 0`, '--batch-size must be an integer >= 1; got 0'],
    [`${good} --batch-size 2.5`, '--batch-size must be an integer >= 1; got 2.5'],
    [`${good} --noise-variance -0.1`, '--noise-variance must be a finite number >= 0; got -0.1'],
    [
      `${good} --initial gamma=1,overlap=1.5,length=1`,
      '--initial overlap must be a number from -1 to 1; got 1.5',
    ],
    [`${good} --initial gamma=1,overlap=0,length=0`, '--initial length must be a finite number > 0; got 0'],
    [`${good} --initial gamma=1,overlap=0,length=-1`, '--initial length must be a finite number > 0; got -1'],
    [`${good} --initial gamma=1,overlap=0`, '--initial length must be a number; got undefined'],
    [`${good} --initial gamma`, '--initial must be like gamma=0.5,overlap=0.5,length=0.5; got gamma'],
    [`${good} --initial gamma=x,overlap=0,length=1`, '--initial gamma must be a number; got x'],
    [`${good} --until 0`, '--until must be a finite number > 0; got 0'],
    [`${good} --until soon`, '--until must be a number; got soon'],
    [`${good} --points 1`, '--points must be an integer from 2 to 1000000; got 1'],
    [`${good} --times 2,1`, '--times[1] must be greater than the one before it, 2; got 1'],
    [`${good} --times 1,9`, '--until must be at least the last of times, 9; got 5'],
    [`${good} --times 1 --points 3`, '--points must be left out where times is given; got 3'],
    [`${good} --relative-tolerance 0`, '--relative-tolerance must be a number from 1e-14 to 0.1; got 0'],
    [`${good} --method rk4`, 'Allowed choices are auto, runge-kutta-8'],
    [
      `${good} --stop-when fast`,
      '--stop-when must be like generalizationError<1e-6 or length>10; got "fast"',
    ],
    [`${good} --stop-when speed<5`, '--stop-when must be about one of gamma, overlap, length'],
    [`${good} --speed 3`, "unknown option '--speed'"],
    [`${good} --lerning-rate 3`, 'Did you mean --learning-rate?'],
    [`${good} stray`, 'too many arguments'],
    [
      `${good} --activation nope`,
      '--activation must be identity, relu, leaky-relu, erf, softplus, or an expression in z; got "nope"',
    ],
    [`${good} --activation process.exit()`, '--activation expression "process.exit()"'],
    [`${good} --activation 1/z`, '--activation must be finite everywhere'],
    [`${good} --activation sign(z)`, '--activation must be continuous'],
    [`${good} --config ${join(folder, 'missing.yaml')}`, 'no such file or directory'],
    [`${good} --config ${folder}`, 'it is a directory'],
    [`${good} --config ${malformed}`, 'cannot parse'],
    [`${good} --config ${list}`, 'it must hold a mapping of names to values'],
    [`dynamics --config ${stranger}`, 'configuration: unknown name speed'],
    [
      `learning-rates --config ${mistyped}`,
      'configuration: unknown name gamaDecay; did you mean gammaDecay?',
    ],
    [`${good} --output ${join(folder, 'no', 'such.json')}`, 'no such file or directory'],
    [`${good} --output run.docx`, '--output must end in .json, .csv or .txt; got run.docx'],
    [`${good} --format xml`, 'Allowed choices are table, json, csv'],
    [`dynamics --rule nope --learning-rate 1`, 'Allowed choices are sgd, weight-normalization'],
    ['dynamics --learning-rate 1 --initial overlap=0,length=1 --until 1', '--rule must be given'],
    ['dynamics --rule sgd --initial overlap=0,length=1 --until 1', '--learning-rate must be given'],
    ['dynamics --rule sgd --learning-rate 1 --until 1', '--initial must be given'],
    [
      'dynamics --rule sgd --learning-rate 1 --initial overlap=0,length=1',
      '--until must be given where times is not',
    ],
    [
      'dynamics --rule sgd --learning-rate 1 --initial gamma=1,overlap=0,length=1 --until 1',
      '--initial must be an object with overlap, length',
    ],
    [
      'dynamics --rule sgd --learning-rate 1 --gamma-decay 1 --initial overlap=0,length=1 --until 1',
      '--gamma-decay must be left out for rule sgd; got 1',
    ],
    [
      'dynamics --rule sgd --learning-rate 1 --gamma-learning-rate 1 --initial overlap=0,length=1 --until 1',
      '--gamma-learning-rate must be left out for rule sgd',
    ],
    [`${good} --dimension 1`, '--dimension must be an integer >= 2; got 1'],
    [`${good} --dimension 10.5`, '--dimension must be an integer >= 2; got 10.5'],
    [
      `${good.replace('weight', 'batch')} --batch-size 8 --dimension 100`,
      '--dimension must be left out for rule batch-normalization: the covariance of its step is not known; got 100',
    ],
    [good.replace('weight', 'batch'), '--batch-size must be given for rule batch-normalization'],
    [`${good.replace('weight', 'batch')} --batch-size 3`, '--batch-size must be an integer >= 4; got 3'],
    [
      `${good.replace('weight', 'batch')} --batch-size 8 --gamma-decay 1`,
      '--gamma-decay must be left out for rule batch-normalization; got 1',
    ],
    [
      'learning-rates --rule sgd --learning-rate 1/(1+t)',
      '--learning-rate must be a number where fixed points are asked for',
    ],
    ['learning-rates --rule sgd', '--learning-rate must be given'],
    [
      'learning-rates --rule sgd --scan 1 --length 1',
      '--length must be left out where scan is given: L is free, and starts as initial says; got 1',
    ],
    [
      'learning-rates --rule sgd --learning-rate 1 --runs 2',
      '--runs must be left out where scan is not given; got 2',
    ],
    ['learning-rates --rule sgd --scan 2,1', '--scan[1] must be greater than the one before it, 2; got 1'],
    ['learning-rates --rule sgd --stationary 0,1', '--stationary[0] must be a finite number > 0; got 0'],
    [
      'learning-rates --rule sgd --scan 1 --stationary 1',
      '--stationary must be left out where scan is given',
    ],
    ['learning-rates --rule sgd --learning-rate 1 --length 0', '--length must be a finite number > 0; got 0'],
    [
      'simulate --rule sgd --learning-rate 1 --initial overlap=0,length=1 --until 1',
      '--dimension must be given',
    ],
    [
      'simulate --rule sgd --learning-rate 1 --initial overlap=0,length=1 --until 1 --dimension 1 --points 2',
      '--dimension must be an integer >= 2; got 1',
    ],
    [
      'simulate --rule sgd --learning-rate 1 --initial overlap=0,length=1 --times 1 --dimension 9e15',
      'this would take about 410000000000000000 years and 140000000 GB',
    ],
    [
      'simulate --rule sgd --learning-rate 1 --initial overlap=0,length=1 --times 1 --dimension 9 --seed -1',
      '--seed must be an integer >= 0; got -1',
    ],
    [
      'simulate --rule sgd --learning-rate 1 --initial overlap=0,length=1 --times 1 --dimension 9 --engine steam',
      'Allowed choices are explicit, dimension-free',
    ],
    [
      'simulate --rule sgd --learning-rate 1 --initial overlap=0,length=1 --times 1 --dimension 9 --engine dimension-free --load 2',
      '--load must be left out for the engine dimension-free; got 2',
    ],
    [
      'simulate --rule sgd --learning-rate 1 --initial overlap=0,length=1 --times 1 --dimension 9 --load 0',
      '--load must be a finite number > 0; got 0',
    ],
    [
      'simulate --rule sgd --learning-rate 1 --initial overlap=0,length=1 --times 1 --dimension 9 --runs 1',
      '--runs must be an integer from 2 to 4294967296; got 1',
    ],
    ['schema fly', 'no schema is called fly; there are dynamics, '],
    ['figure', "required option '--output <files>' not specified"],
    ['figure nope --output x.svg', 'no such file or directory'],
    ['figure dynamics --output x.gif', '--output must end in .svg, .pdf or .png; got x.gif'],
    ['sweeep', "unknown command 'sweeep'"],
  ])('%s', async (line, message) => {
    const refusal = await refusalOf(...line.split(/\s+/));
    expect(refusal?.message).toContain(message);
    expect(refusal?.message).toMatch(/^[^\n]+$/);
    expect(refusal?.status).toBe(2);
  });

  it.each([`${good} --learning-rate 0`, `${good} --speed 3`, 'sweeep', `dynamics --config ${malformed}`])(
    '%s, as a process',
    (line) => {
      const { status, stdout, stderr } = runLine(line);
      expect(stderr).toMatch(/^error: [^\n]+\n$/);
      expect([status, stdout]).toEqual([2, '']);
    },
  );
});

describe('help', () => {
  it.each([...commands.map(({ name }) => name), 'merge', 'worker', 'figure', 'schema'])(
    'of %s shows an example',
    (command) => {
      const { status, stdout, stderr } = run(command, '--help');
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toContain(`Example:\n  order-parameters ${command}`);
    },
  );

  it('without a command, and with --help, lists the commands; --version prints the version', () => {
    expect(run().stdout).toBe(run('--help').stdout);
    expect(run('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('start-up', () => {
  const imports = (...args: string[]): string[] =>
    runWithNodeOptions(['--import', './.build/spec/support/import-hooks.js'], ...args)
      .stderr.split('\n')
      .filter((line) => line.startsWith('import '))
      .map((line) => line.replace('import ', ''));

  it('for help loads nothing but the argument parser', () => {
    expect(
      new Set(imports('--help').filter((name) => /^[a-z@]/.test(name) && !name.startsWith('node:'))),
    ).toEqual(new Set(['commander']));
  });

  it('for dynamics with a named activation does not load mathjs or plots', () => {
    const loaded = imports(...good.split(' '));
    expect(loaded).toContain('odex');
    expect(loaded.some((name) => /mathjs|plot|resvg|pdfkit/.test(name))).toBe(false);
  });
});

describe('interruption', () => {
  it('prints what was simulated, and exits 130', () => {
    const ended = runInterrupted(
      ...'simulate --rule sgd --learning-rate 0.5 --initial overlap=0.1,length=1 --times 0,0.1 --dimension 300 --runs 1000000'.split(
        ' ',
      ),
    );
    expect(ended.status).toBe(130);
    const object = parsed(ended);
    expect(object['outcome']).toBe('aborted');
    expect(object.rows.length).toBe(2);
    expect((object['statistics'] as { runs: number }).runs).toBeGreaterThan(1);
  });

  it('is heard while learning curves are solved: complete curves are printed', () => {
    const line = 'generalization --activation tanh(z) --gamma-decay 0.1 --load 1:2:500';
    const ended = runInterrupted(...line.split(' '));
    expect([ended.status, ended.stderr]).toEqual([130, '']);
    expect([parsed(ended)['outcome'], parsed(ended).rows]).toEqual(['aborted', []]);
  });
});

describe('a place that cannot be written to', () => {
  // /dev/full takes a file to be opened and nothing to be written.
  it('gives one line and exit 1, not a stack trace', () => {
    const descriptor = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, ['dist/cli/main.js', ...good.split(' ')], {
      stdio: ['ignore', descriptor, 'pipe'],
      env: plainEnvironment(),
      encoding: 'utf8',
    });
    closeSync(descriptor);
    expect(stderr).toMatch(/^error: cannot write the result: [^\n]+\n$/);
    expect(status).toBe(1);
  });
});
