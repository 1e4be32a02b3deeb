import { executeConfig } from '../../lib/commands/execute-config.js';
import { stopCondition } from '../../lib/commands/dynamics.js';
import type { Table } from '../../lib/config/result.js';
import { completeTimes, mergedEntries } from '../../lib/config/times.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { solve } from '../../lib/trajectory/solve.js';

const rule = { rule: 'weight-normalization', activation: 'relu', learningRate: 0.5, gammaDecay: 0.2 };
const initial = { gamma: 0.5, overlap: 0.1, length: 0.8 };

function columnOf({ columns, rows }: Table, name: string): unknown[] {
  return rows.map((row) => row[columns.indexOf(name)]);
}

describe('configurations', () => {
  it('give what the library gives from the same values', async () => {
    const { result } = await executeConfig('dynamics', { ...rule, initial, times: [1, 5] });
    const direct = solve({
      rule: weightNormalization({ activation: relu, learningRate: 0.5, gammaDecay: 0.2 }),
      initial,
      times: [1, 5],
    });
    columnOf(result.table!, 'overlap').forEach((value, i) => {
      // Turns restart the integrator: two solutions to 1e-10 per step.
      expect(Math.abs(Number(value) - direct.series('overlap')[i])).toBeLessThan(1e-9);
    });
  });

  it('come back with every default filled in, and then stay as they are', async () => {
    const { config } = (await executeConfig('dynamics', { ...rule, initial, until: 1 })).result;
    expect(config).toMatchObject({
      batchSize: 1,
      gammaLearningRate: 0.5,
      noiseVariance: 0,
      points: 101,
      method: 'auto',
      relativeTolerance: 1e-10,
    });
    expect((await executeConfig('dynamics', config)).result.config).toEqual(config);
  });

  it('tie the learning rate of γ to that of the weights in their ratio', async () => {
    const spectral = async (config: object): Promise<number> => {
      const { entries } = (await executeConfig('learning-rates', config)).result;
      return (entries['maximumLearningRate'] as { spectral: { reduced: number } }).spectral.reduced;
    };
    // The zero eigenvalue of the Jacobian does not depend on the speed of γ.
    const slow = await spectral({ ...rule, gammaLearningRate: 0.05 });
    expect(slow / (await spectral(rule))).toBeCloseTo(1, 9);
  });

  it('of simulations are compared with theory on demand only', async () => {
    const config = { ...rule, initial, times: [1], dimension: 50, runs: 8 };
    const plain = await executeConfig('simulate', config);
    expect(plain.result.table!.columns).not.toContain('overlapTheory');
    const compared = await executeConfig('simulate', { ...config, compare: true });
    expect(columnOf(compared.result.table!, 'overlapTheory')).toHaveLength(1);
  });

  it('take lists of numbers as the command line does', async () => {
    const { result } = await executeConfig('dynamics', { ...rule, initial, times: '1:4:3:log' });
    expect(columnOf(result.table!, 'time')).toEqual([1, expect.closeTo(2, 14), 4]);
  });

  it('say what went how, in words', async () => {
    const found = await executeConfig('learning-rates', { ...rule, gammaDecay: 2000 });
    expect(found.outcome).toBe('failed');
    expect(found.result.entries).toMatchObject({
      outcome: 'no-fixed-point',
      message: expect.stringContaining('no fixed point') as string,
    });
  });

  it('are of a command that there is', async () => {
    await expect(executeConfig('fly' as never, {})).rejects.toThrow(
      '`command` must be one of dynamics, learning-rates,',
    );
  });
});

describe('times', () => {
  it('end exactly at the asked time', () => {
    expect(completeTimes({ until: 0.7, points: 8 }).times.at(-1)).toBe(0.7);
  });

  it('given beside a file replace its number of points, and the other way round', () => {
    expect(mergedEntries({ until: 5, points: 3 }, { times: [5] })).toEqual({ until: 5, times: [5] });
    expect(mergedEntries({ times: [5] }, { points: 3 })).toEqual({ points: 3 });
    expect(mergedEntries({ points: 4 }, { points: 3, times: [1] })).toEqual({ points: 3, times: [1] });
  });
});

describe('stop conditions', () => {
  it('are a quantity, a direction and a level', () => {
    const system = weightNormalization({ activation: relu, learningRate: 0.5 });
    expect(stopCondition('generalizationError < 1e-6', system)).toEqual({
      quantity: 'generalizationError',
      level: 1e-6,
      direction: 'falling',
      condition: true,
    });
    expect(stopCondition('length>10', system).direction).toBe('rising');
    expect(() => stopCondition('length=10', system)).toThrow('`stopWhen` must be like');
  });
});
