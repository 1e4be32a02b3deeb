import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { solveFluctuations } from '../../lib/trajectory/solve-fluctuations.js';
import { parsed, run, runLine, writtenBy } from '../support/command-line.js';
import { reference } from '../support/reference.js';
import type { RuleCase } from '../support/rules.js';

interface TrajectoryCase extends RuleCase {
  initial: Record<string, number>;
  times: number[];
  results: Record<string, string>[];
}

const example =
  'dynamics --rule weight-normalization --activation relu --learning-rate 0.5 --gamma-decay 0.2 --noise-variance 0.05 ' +
  '--initial gamma=0.5,overlap=0.1,length=0.8';

const cases = reference<TrajectoryCase>('trajectories').cases;

/** The command line of a reference case. */
function argumentsOf(entry: TrajectoryCase): string[] {
  const activation = entry.activation === 'leaky-relu' ? 'leaky-relu(0.1)' : entry.activation;
  const rate = entry.schedule === undefined ? String(entry.learningRate) : '0.5/(1 + t/10)';
  const usesGamma = entry.rule !== 'sgd';
  const gammaRate = entry.schedule === undefined ? String(entry.gammaLearningRate) : rate;
  return [
    'dynamics',
    ...['--rule', entry.rule, '--activation', activation, '--learning-rate', rate],
    ...['--batch-size', String(entry.batchSize), '--noise-variance', String(entry.noiseVariance)],
    ...(usesGamma ? ['--gamma-learning-rate', gammaRate] : []),
    ...(usesGamma ? ['--gamma-decay', String(entry.gammaDecay)] : []),
    ...[
      '--initial',
      Object.entries(entry.initial)
        .map(([name, value]) => `${name}=${value}`)
        .join(','),
    ],
    ...['--times', entry.times.join(',')],
  ];
}

describe('dynamics, against 30-digit reference trajectories', () => {
  it.each(
    cases.map((entry, index) => [index, entry.rule, entry.activation, entry.batchSize, entry] as const),
  )('case %p: %s, %s, M = %p to 1e-7', async (_index, _rule, _activation, _batchSize, entry) => {
    const { columns, rows } = await writtenBy(...argumentsOf(entry));
    expect(columns).toEqual([
      'time',
      'gamma',
      'overlap',
      'length',
      'generalizationError',
      'effectiveLearningRate',
      'reducedLearningRate',
      'misalignment',
    ]);
    entry.results.forEach((result, index) => {
      for (const [column, expected] of Object.entries(result)) {
        expect(Math.abs(rows[index][columns.indexOf(column)] - Number(expected))).toBeLessThan(1e-7);
      }
      // γ of vanilla SGD repeats the length.
      if (entry.rule === 'sgd') expect(rows[index][1]).toBe(rows[index][3]);
    });
  });
});

describe('dynamics at a finite dimension', () => {
  const times = '--times 0,1,5';
  const plain = run(...`${example} ${times}`.split(' '));
  const finite = run(...`${example} ${times} --dimension 1000`.split(' '));

  it('adds four columns of standard deviations, those of the library', () => {
    const { columns, rows } = parsed(finite);
    const added = ['gammaDeviation', 'overlapDeviation', 'lengthDeviation', 'generalizationErrorDeviation'];
    expect(columns).toEqual([...parsed(plain).columns, ...added]);
    const rule = weightNormalization({
      activation: relu,
      learningRate: 0.5,
      gammaDecay: 0.2,
      noiseVariance: 0.05,
    });
    const initial = { gamma: 0.5, overlap: 0.1, length: 0.8 };
    const theory = solveFluctuations({ rule, initial, times: [0, 1, 5] });
    (['gamma', 'overlap', 'length', 'generalizationError'] as const).forEach((quantity, k) => {
      theory.deviation(quantity, 1000).forEach((deviation, i) => {
        // Turns restart the integrator: two solutions to 1e-10 per step.
        expect(Math.abs(rows[i][8 + k] - deviation)).toBeLessThan(1e-9);
      });
    });
  });

  it('leaves the others as they are, within the tolerance', () => {
    const [finiteOutput, without] = [parsed(finite), parsed(plain)];
    without.rows.forEach((row, i) => {
      row.forEach((value, k) => {
        expect(Math.abs(finiteOutput.rows[i][k] - value)).toBeLessThan(1e-9);
      });
    });
    expect(without['config']).not.toHaveProperty('dimension');
    expect(finiteOutput['config']).toEqual({ ...(without['config'] as object), dimension: 1000 });
  });

  it('repeats the deviation of the length as that of γ for vanilla SGD', () => {
    const { rows } = parsed(
      runLine(
        'dynamics --rule sgd --learning-rate 0.5 --initial overlap=0.1,length=0.8 --times 2 --dimension 50',
      ),
    );
    expect(rows[0][8]).toBeGreaterThan(0);
    expect(rows[0][8]).toBe(rows[0][10]);
  });
});

describe('dynamics output', () => {
  const folder = mkdtempSync(join(tmpdir(), 'order-parameters-'));

  it('gives 101 equally spaced times unless told otherwise, both ends included', () => {
    const { rows } = parsed(runLine(`${example} --until 50`));
    expect(rows.length).toBe(101);
    expect([rows[0][0], rows[1][0], rows[100][0]]).toEqual([0, 0.5, 50]);
    expect(parsed(runLine(`${example} --until 3 --points 4`)).rows.map(([time]) => time)).toEqual([
      0, 1, 2, 3,
    ]);
    expect(parsed(runLine(`${example} --times 1,2.5`)).rows.map(([time]) => time)).toEqual([1, 2.5]);
  });

  it('prints a configuration that reproduces the result through --config, itself or inside its result', () => {
    const first = runLine(`${example} --until 7 --points 5`);
    const config = join(folder, 'config.yaml');
    writeFileSync(config, JSON.stringify(parsed(first)['config']));
    expect(run('dynamics', '--config', config).stdout).toBe(first.stdout);
    const result = join(folder, 'result.json');
    writeFileSync(result, first.stdout);
    expect(run('dynamics', '--config', result).stdout).toBe(first.stdout);
  });

  it('lets options win over the file, and --times over its points', () => {
    const config = join(folder, 'own.yaml');
    writeFileSync(
      config,
      'rule: sgd\nactivation: relu\nlearningRate: 0.5\ninitial: { overlap: 0.1, length: 1 }\nuntil: 5\npoints: 3\n',
    );
    const object = parsed(run('dynamics', '--config', config, '--learning-rate', '0.25', '--times', '5'));
    expect((object['config'] as { learningRate: number }).learningRate).toBe(0.25);
    expect(object.rows.length).toBe(1);
  });

  it('writes files in the format of their extension, and tables to a terminal-like --format table', () => {
    const path = join(folder, 'run.csv');
    expect(runLine(`${example} --times 1,2 --output ${path}`).stdout).toBe('');
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    expect(lines[0]).toBe(
      'time,gamma,overlap,length,generalizationError,effectiveLearningRate,reducedLearningRate,misalignment',
    );
    expect(lines.length).toBe(3);
    const numbers = parsed(runLine(`${example} --times 1,2`)).rows[0];
    expect(lines[1].split(',').map(Number)).toEqual(numbers);
    expect(runLine(`${example} --times 1 --format table`).stdout).toMatch(/^time +gamma +overlap +length/);
  });

  it('says how the run ended, and exits 1 where that is a failure, with what was computed', () => {
    const diverging = runLine(
      'dynamics --rule sgd --learning-rate 3 --initial overlap=0.1,length=1 --until 100',
    );
    expect(diverging.status).toBe(1);
    const object = parsed(diverging);
    expect(object['outcome']).toBe('diverged');
    expect(object.rows.length).toBeGreaterThan(2);
    const limited = runLine(`${example} --until 1000 --max-steps 5`);
    expect([limited.status, parsed(limited)['outcome']]).toEqual([1, 'step-limit']);
    const stopped = runLine(`${example} --until 1000 --stop-when overlap>0.5`);
    expect([stopped.status, parsed(stopped)['outcome']]).toEqual([0, 'event']);
    const resting = runLine(
      'dynamics --rule sgd --learning-rate 0.5 --initial overlap=0.1,length=1 --until 1000 --stationary-tolerance 1e-6',
    );
    expect([resting.status, parsed(resting)['outcome']]).toEqual([0, 'stationary']);
  });

  it('takes activations and learning rates as expressions', () => {
    const leaky = parsed(runLine(`${example.replace('relu', 'max(0.1z,z)')} --times 5`)).rows[0];
    const closed = parsed(runLine(`${example.replace('relu', 'leaky-relu(0.1)')} --times 5`)).rows[0];
    leaky.forEach((value, i) => {
      // Quadrature to 1e-9 against closed forms.
      expect(Math.abs(value - closed[i])).toBeLessThan(1e-8);
    });
  });

  it('cross-checks with --method mathjs-rk45', () => {
    const other = parsed(runLine(`${example} --times 5 --method mathjs-rk45 --relative-tolerance 1e-8`))
      .rows[0];
    const ours = parsed(runLine(`${example} --times 5`)).rows[0];
    other.forEach((value, i) => {
      expect(Math.abs(value - ours[i])).toBeLessThan(1e-6);
    });
  });
});
