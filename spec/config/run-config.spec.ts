import { runDynamics, runLearningRates, runSimulation } from '../../lib/config/run-config.js';
import { dynamicsSchema, learningRatesSchema, parseConfig, simulateSchema } from '../../lib/config/schema.js';
import { stopCondition } from '../../lib/config/stop-condition.js';
import { completeTimes } from '../../lib/config/times.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { solve } from '../../lib/trajectory/solve.js';

const rule = { rule: 'weight-normalization', activation: 'relu', learningRate: 0.5, gammaDecay: 0.2 };
const initial = { gamma: 0.5, overlap: 0.1, length: 0.8 };

describe('configurations', () => {
  it('give what the library gives from the same values', async () => {
    const { result } = await runDynamics(parseConfig(dynamicsSchema, { ...rule, initial, times: [1, 5] }));
    const direct = solve({
      rule: weightNormalization({ activation: relu, learningRate: 0.5, gammaDecay: 0.2 }),
      initial,
      times: [1, 5],
    });
    result.series('overlap').forEach((value, i) => {
      // Turns restart the integrator: two solutions to 1e-10 per step.
      expect(Math.abs(value - direct.series('overlap')[i])).toBeLessThan(1e-9);
    });
  });

  it('come back with every default filled in, and then stay as they are', async () => {
    const { config } = await runDynamics(parseConfig(dynamicsSchema, { ...rule, initial, until: 1 }));
    expect(config).toMatchObject({
      batchSize: 1,
      gammaLearningRate: 0.5,
      noiseVariance: 0,
      points: 101,
      method: 'auto',
      relativeTolerance: 1e-10,
    });
    expect((await runDynamics(config)).config).toEqual(config);
  });

  it('tie the learning rate of γ to that of the weights in their ratio', async () => {
    const slow = { ...rule, gammaLearningRate: 0.05 };
    const { result } = await runLearningRates(parseConfig(learningRatesSchema, slow));
    const rates = result.maximumLearningRate;
    const tied = (await runLearningRates(parseConfig(learningRatesSchema, rule))).result.maximumLearningRate;
    // The zero eigenvalue of the Jacobian does not depend on the speed of γ.
    expect(rates!.spectral.reduced / tied!.spectral.reduced).toBeCloseTo(1, 9);
    expect(result.fixedPoint!.eigenvalues).not.toEqual(undefined);
  });

  it('of simulations are compared with theory on demand only', async () => {
    const config = { ...rule, initial, times: [1], dimension: 50, runs: 8 };
    const plain = await runSimulation(parseConfig(simulateSchema, config));
    expect(plain.result.comparison).toBeUndefined();
    const compared = await runSimulation(parseConfig(simulateSchema, { ...config, compare: true }));
    expect(compared.result.comparison?.series('overlap').length).toBe(1);
  });
});

describe('times', () => {
  it('end exactly at the asked time', () => {
    expect(completeTimes({ until: 0.7, points: 8 }).times.at(-1)).toBe(0.7);
  });
});

describe('stop conditions', () => {
  it('are a quantity, a direction and a level', () => {
    const rule = weightNormalization({ activation: relu, learningRate: 0.5 });
    expect(stopCondition('generalizationError < 1e-6', rule)).toEqual({
      quantity: 'generalizationError',
      level: 1e-6,
      direction: 'falling',
      condition: true,
    });
    expect(stopCondition('length>10', rule).direction).toBe('rising');
    expect(() => stopCondition('length=10', rule)).toThrow('`stopWhen` must be like');
  });
});
