import { meanDeviation, meanInverseDeviation } from '../../lib/gaussian/batch/moments.js';
import { parsed, runLine } from '../support/command-line.js';

describe('learning-rates', () => {
  it('prints fixed point, eigenvalues, maximum and effective learning rate', () => {
    const object = parsed(
      runLine(
        'learning-rates --rule weight-normalization --activation relu --learning-rate 0.5 --gamma-decay 0.2',
      ),
    ) as unknown as {
      fixedPoint: { gamma: number; overlap: number };
      stationaryPoint: { overlap: number };
      eigenvalues: { real: number }[];
      maximumLearningRate: { effective: number; reduced: number; spectral: { reduced: number } };
      effectiveLearningRate: number;
    };
    // γ₀ = 1/(1 + 2ζ), 4/(2γ₀ − (1 − γ₀)²), and the two senses, 4.158 and 3.518
    // (docs/theory/learning-rates.md#the-spectral-maximum).
    expect(object.fixedPoint.gamma).toBeCloseTo(1 / 1.4, 12);
    expect(object.maximumLearningRate.effective).toBeCloseTo(4 / (2 / 1.4 - (0.4 / 1.4) ** 2), 9);
    expect(object.maximumLearningRate.reduced).toBeCloseTo(4.158, 3);
    expect(object.maximumLearningRate.spectral.reduced).toBeCloseTo(3.5179, 3);
    expect(object.effectiveLearningRate).toBeCloseTo(0.5 / 1.4, 12);
    expect(object.eigenvalues.length).toBe(2);
    expect(object.stationaryPoint.overlap).toBeLessThan(1);
  });

  it('writes a maximum that does not exist as null, with a message', () => {
    const ended = runLine('learning-rates --rule weight-normalization --learning-rate 0.5 --gamma-decay 3');
    const { maximumLearningRate } = parsed(ended) as unknown as {
      maximumLearningRate: { effective: unknown; reduced: unknown; message: string };
    };
    expect(ended.status).toBe(0);
    expect(maximumLearningRate).toMatchObject({
      ...{ effective: null, reduced: null, sense: 'frozen length', stationary: null },
      ...{ frozenLength: { effective: null, reduced: null }, spectral: { effective: null, reduced: null } },
    });
    expect(maximumLearningRate.message).toMatch(/^no frozen-length or spectral maximum/);
  });

  it('heads its maximum with its sense: for SGD with noise where the stationary state is lost', () => {
    const { maximumLearningRate: maximum } = parsed(
      runLine('learning-rates --rule sgd --learning-rate 1 --noise-variance 0.3'),
    ) as unknown as { maximumLearningRate: Record<string, unknown> };
    expect(Object.keys(maximum)).toEqual([
      'effective',
      'reduced',
      'sense',
      'frozenLength',
      'spectral',
      'stationary',
      'message',
    ]);
    expect(maximum['sense']).toBe('stationary');
    expect(maximum['effective']).toBeCloseTo(2, 9);
    expect(maximum['stationary']).toBe(maximum['reduced']);
    // The coefficient of r at L = 1 changes sign at 4M/(2 − S), which is no threshold.
    expect((maximum['frozenLength'] as { reduced: number }).reduced).toBeCloseTo(4 / 1.7, 9);
  });

  it('gives a table of stationary states against η/L², with nothing where there is none', () => {
    const { columns, rows, message } = parsed(
      runLine('learning-rates --rule sgd --noise-variance 0.1 --stationary 0.5,1,3'),
    ) as unknown as { columns: string[]; rows: unknown[][]; message: string };
    const error = columns.indexOf('generalizationError');
    // ηS/(2M − η)
    expect(rows[0][error]).toBeCloseTo(0.05 / 1.5, 10);
    expect(rows[1][error]).toBeCloseTo(0.1, 10);
    expect(rows[2]).toEqual([3, ...columns.slice(2).map(() => null), 'none']);
    expect(rows.map((row) => row.at(-1))).toEqual(['stable', 'stable', 'none']);
    expect(message).toBe('no stationary state from a reduced learning rate of 3 on');
  });

  it('gives a table of times to overlaps with a free length, by equations or students', () => {
    const line = 'learning-rates --rule weight-normalization --batch-size 8 --scan 20:2e3:2:log';
    type Scan = { columns: string[]; rows: number[][]; config: object };
    const found = parsed(runLine(`${line} --overlaps 0.99,0.9999`)) as unknown as Scan;
    expect(found.columns).toEqual([
      'learningRate',
      'timeToOverlap.0.99',
      'timeToOverlap.0.9999',
      'length',
      'state',
    ]);
    expect(found.config).toMatchObject({ learningRate: 1, gammaLearningRate: 1, until: 1e5 });
    expect(found.rows[1][2]).toBeCloseTo(found.rows[0][2], 2);
    const students = `${line} --overlaps 0.99,0.9999 --runs 2 --dimension 1000 --until 5`;
    const measured = parsed(runLine(students.replace('2e3', '30'))) as unknown as Scan;
    expect(measured.columns.slice(1, 3)).toEqual(['timeToOverlap.0.99', 'timeToOverlap.0.99StandardError']);
    // A spread of some percent at N = 1000.
    expect(Math.abs(measured.rows[0][1] / found.rows[0][1] - 1)).toBeLessThan(0.3);
  });

  it('exits 1 where gradient flow has no fixed point at full overlap', () => {
    // The even unit |z − 100| is never unfolded by fields of order one: γ grows without bound or falls to 0.
    const ended = runLine(
      'learning-rates --rule weight-normalization --learning-rate 0.5 --gamma-decay 2000',
    );
    expect(ended.status).toBe(1);
    expect(parsed(ended)['outcome']).toBe('no-fixed-point');
  });
});

describe('an activation that is linear, however it is written', () => {
  it('has the numbers of identity and keeps its own text', () => {
    const line = 'learning-rates --rule sgd --learning-rate 0.5 --noise-variance 0.05 --activation';
    const [named, written] = ['identity', 'max(z,0)+min(0,z)'].map((text) =>
      parsed(runLine(`${line} ${text}`)),
    );
    expect(written['config']).toMatchObject({ activation: 'max(z,0)+min(0,z)' });
    expect({ ...written, config: undefined }).toEqual({ ...named, config: undefined });
  });
});

describe('compare', () => {
  it('has no gap where both maxima are infinite, and says so', () => {
    const ended = runLine(
      'compare --activation identity --noise-variance 2,1 --batch-size 8 --learning-rate 0.5 --until 1',
    );
    const { columns, rows, warnings } = parsed(ended) as unknown as {
      columns: string[];
      rows: unknown[][];
      warnings: string[];
    };
    const place = columns.indexOf('maximumGap');
    expect(rows[0][place]).toBeNull();
    // At S = 1 both exist: 4(M − 3)E[1/s]/(2 − S) less 4M/(2γ₀ − (1 − γ₀)² − S), γ₀ = 1/(1 + 3/32).
    expect(rows[1][place]).toBeCloseTo(
      20 * meanInverseDeviation(8) - 32 / (2 / (1 + 3 / 32) - (3 / 35) ** 2 - 1),
      6,
    );
    expect(warnings).toEqual([
      'identity, S = 2, M = 8: no gap of maxima: gradient noise never outgrows the pull towards the teacher in either model',
    ]);
    expect(ended.status).toBe(0);
  });

  it('takes one statistic of the batch alone, beside its part of the published decay', () => {
    const line = (rule: string, sizes: string): string =>
      `compare --rule ${rule} --activation identity --learning-rate 0.5 --until 1 ${sizes}`;
    const numbersOf = (rule: string, sizes: string): Record<string, unknown>[] => {
      const { columns, rows } = parsed(runLine(line(rule, sizes)));
      return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));
    };
    const [mean] = numbersOf('batch-mean', '--batch-size 2');
    // ζ = 1/(2M); γ₀ = 1 whatever M, and 2M with it.
    expect(mean).toMatchObject({ batchSize: 2, gammaDecay: 1 / 4 });
    expect(mean['gamma']).toBeCloseTo(1, 12);
    expect(mean['frozenLengthMaximum']).toBeCloseTo(4, 10);
    const [deviation, ...larger] = numbersOf('batch-deviation', '');
    // ζ = 1/(4M); γ₀ = (E[s] + E[1/s]/M)(M − 3)/(M − 2).
    expect(deviation).toMatchObject({ batchSize: 8, gammaDecay: 1 / 32 });
    expect(deviation['gamma']).toBeCloseTo(((meanDeviation(8) + meanInverseDeviation(8) / 8) * 5) / 6, 10);
    expect(larger.map(({ batchSize }) => batchSize)).toEqual([16, 32, 64, 128, 256]);
    expect(runLine(line('batch-deviation', '--batch-size 4')).stderr).toMatch(
      /^error: .*batch.* must be an integer >= 8; got 4/,
    );
  });
});

describe('simulate', () => {
  const line =
    'simulate --rule sgd --activation relu --learning-rate 0.5 --initial overlap=0.1,length=0.8 --times 0,1,2 --dimension 60 --runs 16 --seed 5';

  it('prints each quantity with its standard error, the same numbers every time', () => {
    const ended = runLine(line);
    const { columns, rows } = parsed(ended);
    expect(columns.slice(0, 5)).toEqual([
      'time',
      'gamma',
      'gammaStandardError',
      'overlap',
      'overlapStandardError',
    ]);
    // Exact at the start, to rounding.
    expect(rows[0].slice(0, 3)).toEqual([0, expect.closeTo(0.8, 14), expect.closeTo(0, 14)]);
    expect(runLine(line).stdout).toBe(ended.stdout);
    expect(runLine(line.replace('--seed 5', '--seed 6')).stdout).not.toBe(ended.stdout);
  });

  it('with --compare adds theory, z, and an overall test; times are whole numbers of steps', () => {
    const object = parsed(runLine(`${line.replace('0,1,2', '0,0.99,2')} --compare`));
    expect(object.columns).toEqual(
      expect.arrayContaining(['overlapTheory', 'overlapZ', 'generalizationErrorTheory']),
    );
    expect(object.rows[1][0]).toBe(59 / 60);
    const statistics = object['statistics'] as { chiSquare: number; pValue: number };
    expect(statistics.chiSquare).toBeGreaterThan(0);
    expect(statistics.pValue).toBeGreaterThan(0);
    expect(statistics.pValue).toBeLessThanOrEqual(1);
  });

  it('draws fields instead of inputs in as many dimensions as asked for', () => {
    const ended = runLine(
      `${line.replace('--dimension 60', '--dimension 1e9').replace('0,1,2', '0,1e-6')} --engine dimension-free`,
    );
    const { rows, ...object } = parsed(ended);
    expect(object['config']).toMatchObject({ engine: 'dimension-free', dimension: 1e9 });
    expect(object['statistics']).toMatchObject({ steps: 16_000 });
    expect(rows[1][0]).toBe(1e-6);
  });

  it('says how many samples a training set had', () => {
    const object = parsed(runLine(`${line} --load 0.5`));
    expect(object['statistics']).toMatchObject({ sampleCount: 30 });
    expect(object['config']).toMatchObject({ load: 0.5, engine: 'explicit' });
  });

  it('keeps what was measured before a divergence, and exits 1', () => {
    const ended = runLine(
      'simulate --rule sgd --learning-rate 4 --initial overlap=0.1,length=1 --times 0,1,100 --dimension 50 --runs 4',
    );
    expect(ended.status).toBe(1);
    expect(parsed(ended)['outcome']).toBe('diverged');
    expect(parsed(ended).rows.length).toBe(2);
  });
});
