import { executeConfig } from '../../lib/commands/execute-config.js';
import type { Table } from '../../lib/config/result.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { solve } from '../../lib/trajectory/solve.js';

const taught = { activation: 'relu', teacherActivation: 'identity', teacherLength: 1.5 };
const initial = { gamma: 0.5, overlap: 0.1, length: 0.8 };
const plainStart = { overlap: 0.1, length: 0.8 };

function columnOf({ columns, rows }: Table, name: string): number[] {
  return rows.map((row) => Number(row[columns.indexOf(name)]));
}

describe('a teacher of another kind in configurations', () => {
  it('gives what the library gives', async () => {
    const { result } = await executeConfig('dynamics', {
      ...{ rule: 'sgd', ...taught, learningRate: 0.5, initial: plainStart, times: [1, 5] },
    });
    const rule = sgd({
      activation: relu,
      teacherActivation: identity,
      teacherLength: 1.5,
      learningRate: 0.5,
    });
    const direct = solve({ rule, initial: plainStart, times: [1, 5] });
    columnOf(result.table!, 'generalizationError').forEach((value, i) => {
      // Turns restart the integrator: two solutions to 1e-10 per step.
      expect(Math.abs(value - direct.series('generalizationError')[i])).toBeLessThan(1e-9);
    });
  });

  it('is printed back, and what was left out is the student itself', async () => {
    const config = { rule: 'weight-normalization', activation: 'relu', learningRate: 0.5, initial, until: 1 };
    const left = (await executeConfig('dynamics', config)).result;
    expect(left.config).toMatchObject({ activation: 'relu', teacherActivation: 'relu', teacherLength: 1 });
    const again = (await executeConfig('dynamics', left.config)).result;
    expect(again.config).toEqual(left.config);
    expect(again.table).toEqual(left.table);
  });

  it('is one with the student where their expressions are', async () => {
    const config = {
      rule: 'sgd',
      activation: 'tanh(z)',
      learningRate: 0.5,
      initial: plainStart,
      times: [0.2],
    };
    const plain = (await executeConfig('dynamics', config)).result;
    const told = (await executeConfig('dynamics', { ...config, teacherActivation: 'tanh(z)' })).result;
    expect(told.table).toEqual(plain.table);
  });

  it.each(['sgd', 'weight-normalization', 'population-normalization', 'batch-normalization'])(
    'is taken by every command that takes %s',
    async (rule) => {
      const config = { rule, ...taught, learningRate: 0.5, batchSize: 8 };
      const course = { initial: rule === 'sgd' ? plainStart : initial, times: [0.5] };
      const rates = await executeConfig('learning-rates', config);
      expect(rates.result.entries).toMatchObject({ fixedPoint: { overlap: 1 } });
      const simulated = await executeConfig('simulate', {
        ...{ ...config, ...course, dimension: 1000, runs: 16, engine: 'dimension-free', compare: true },
      });
      for (const z of columnOf(simulated.result.table!, 'overlapZ')) expect(Math.abs(z)).toBeLessThan(4);
    },
  );

  it('leaves compare without the readings of γ₀, which are those of a linear teacher of slope 1', async () => {
    const config = { learningRate: 0.5, batchSize: 8, until: 2 };
    const own = await executeConfig('compare', config);
    expect(own.result.entries).toHaveProperty('readings');
    const long = await executeConfig('compare', { ...config, teacherLength: 2 });
    expect(long.result.entries).not.toHaveProperty('readings');
    expect(columnOf(long.result.table!, 'gamma')[0] / columnOf(own.result.table!, 'gamma')[0]).toBeCloseTo(
      2,
      12,
    );
  });

  it('belongs to theory in regularization, and is refused beside data', async () => {
    const { entries, config } = (
      await executeConfig('regularization', { batchSize: 8, activation: 'relu', teacherLength: 2 })
    ).result;
    // γ₀ = T/(1 + 2ζ) of ReLU.
    expect(entries['gamma']).toBeCloseTo(2 / (1 + 2 * (3 / 64)), 9);
    expect(config).toMatchObject({ teacherActivation: 'relu', teacherLength: 2 });
    const refused = executeConfig('regularization', {
      batchSize: 8,
      preactivations: 'x.csv',
      teacherLength: 2,
    });
    await expect(refused).rejects.toThrow(
      '`teacherLength` must be left out where preactivations are given; got 2',
    );
  });

  it('is refused by name where it is no activation or no length', async () => {
    const config = { rule: 'sgd', learningRate: 0.5, initial: plainStart, times: [1] };
    await expect(executeConfig('dynamics', { ...config, teacherLength: 0 })).rejects.toThrow(
      '`teacherLength`',
    );
    await expect(executeConfig('dynamics', { ...config, teacherActivation: 'rlu' })).rejects.toThrow('rlu');
  });
});
