import { pointsOf } from '../../lib/sweep/sweep-config.js';

const rates = { rule: 'sgd', learningRate: 1 };

describe('the points of a sweep', () => {
  it('are every entry of the list with every combination of the grid, the last parameter fastest', async () => {
    const points = await pointsOf({
      command: 'learning-rates',
      config: rates,
      list: [{ activation: 'relu' }, { activation: 'erf' }],
      grid: { batchSize: [1, 2], noiseVariance: '0:0.2:3' },
    });
    expect(points).toHaveLength(12);
    expect(points.map(({ index }) => index)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(points[4].parameters).toEqual({ activation: 'relu', batchSize: 2, noiseVariance: 0.1 });
    expect(points[6].config).toEqual({ ...rates, activation: 'erf', batchSize: 1, noiseVariance: 0 });
  });

  it('are one where nothing varies', async () => {
    expect(await pointsOf({ command: 'learning-rates', config: rates })).toEqual([
      { index: 0, parameters: {}, config: rates },
    ]);
  });

  it('reach inside other entries, and leave the common configuration as it was', async () => {
    const config = { ...rates, initial: { overlap: 0.1, length: 1 }, until: 1 };
    const points = await pointsOf({ command: 'dynamics', config, grid: { 'initial.overlap': [0.2, 0.3] } });
    expect(points.map((point) => point.config['initial'])).toEqual([
      { overlap: 0.2, length: 1 },
      { overlap: 0.3, length: 1 },
    ]);
    expect(config.initial.overlap).toBe(0.1);
  });

  it('may be equally spaced in the logarithm, ends exact', async () => {
    const grid = { learningRate: { from: 0.01, to: 100, points: 5, scale: 'log' as const } };
    const points = await pointsOf({ command: 'learning-rates', config: { rule: 'sgd' }, grid });
    const values = points.map(({ parameters }) => Number(parameters['learningRate']));
    expect([values[0], values[4]]).toEqual([0.01, 100]);
    // Powers of ten to rounding.
    [0.1, 1, 10].forEach((expected, i) => {
      expect(values[i + 1] / expected).toBeCloseTo(1, 14);
    });
  });

  it('have random streams of their own where they draw any', async () => {
    const simulated = { ...rates, initial: { overlap: 0.1, length: 1 }, times: [1], dimension: 10 };
    const streams = async (command: 'simulate' | 'generalization', config: object): Promise<unknown[]> => {
      const points = await pointsOf({ command, config: config as never, grid: { noiseVariance: [0, 1] } });
      return points.map((point) => point.config['sweepPoint']);
    };
    expect(await streams('simulate', simulated)).toEqual([0, 1]);
    expect(await streams('simulate', { ...simulated, sweepPoint: 7 })).toEqual([7, 7]);
    expect(await streams('generalization', { load: 1 })).toEqual([undefined, undefined]);
    expect(await streams('generalization', { load: 1, dimension: 10 })).toEqual([0, 1]);
  });

  it.each([
    [{ command: 'fly' }, /^configuration: `command`/],
    [{ command: 'dynamics', grid: { speed: [1] }, config: { ...rates, initial: {} } }, /unknown name speed/],
    [
      { command: 'learning-rates', config: rates, grid: { batchSize: [] } },
      /`grid.batchSize`: must have at least one value$/,
    ],
    [{ command: 'learning-rates', config: rates, grid: { batchSize: '1:2' } }, /^`batchSize` must be like/],
    [
      {
        command: 'learning-rates',
        config: rates,
        grid: { learningRate: { from: 0, to: 1, points: 3, scale: 'log' } },
      },
      /^`learningRate from` must be a finite number > 0 where the scale is log; got 0$/,
    ],
    [
      { command: 'learning-rates', config: rates, grid: { learningRate: { from: 0, to: 1, points: 1 } } },
      /^`learningRate points` must be an integer from 2 to 1000000; got 1$/,
    ],
    [
      {
        command: 'learning-rates',
        config: rates,
        grid: { batchSize: '1:1001:1001', noiseVariance: '0:1:1001' },
      },
      /^`grid` must be one of at most 1000000 points; got 1002001$/,
    ],
    [
      {
        command: 'learning-rates',
        config: rates,
        list: [{}, {}],
        grid: { batchSize: '1:1000:1000', noiseVariance: '0:1:501' },
      },
      /^`grid` must be one of at most 1000000 points; got 1002000$/,
    ],
    [
      { command: 'learning-rates', config: rates, grid: { 'rule.name': [1] } },
      /^`rule.name` must be a place in rule, a mapping; got "sgd"$/,
    ],
  ])('%j are refused in one line', async (sweep, message) => {
    await expect(pointsOf(sweep as never)).rejects.toThrow(message);
    await expect(pointsOf(sweep as never)).rejects.toThrow(RangeError);
  });
});
