import * as z from 'zod';
import type { Command } from '../config/command.js';
import { entry } from '../config/entries.js';
import { completeRule, ratesOf, ruleOf, ruleOfRates, ruleShape, type RuleConfig } from '../config/rules.js';
import { typeError } from '../foundation/checks.js';
import type { LearningRateFamily } from '../stability/family.js';
import { learningRatesAsync, type LearningRates, type RestingState } from '../stability/learning-rates.js';

const schema = z.strictObject({
  ...ruleShape,
  length: entry(z.number().default(1), 'L', 'length held fixed for normalized rules'),
});

/**
 * The rule for every learning rate η. The learning rate of γ keeps its ratio to η: fixing it would make η_max depend on a
 * number that has nothing to do with stability of the weights.
 *
 * @throws (as a rejection) as `ruleOf`, and when a learning rate is not a number
 */
async function familyOf(config: RuleConfig): Promise<LearningRateFamily> {
  await ruleOf(config);
  const ratios = ratesOf(config).map(([name, rate]) => {
    if (typeof rate !== 'number') throw typeError(name, 'a number where fixed points are asked for', rate);
    return [name, rate / Number(config.learningRate)] as const;
  });
  const build = await ruleOfRates(config);
  return (eta) => build(Object.fromEntries(ratios.map(([name, ratio]) => [name, ratio * eta])));
}

function pointOf({
  orderParameters,
  misalignment,
}: RestingState<string>): Record<string, number | undefined> {
  const { gamma, overlap, length } = orderParameters;
  return { gamma: gamma ?? length, overlap, length, misalignment };
}

function entriesOf(found: LearningRates<string>): Record<string, unknown> {
  const { outcome, message, fixedPoint, stationaryPoint, maximumLearningRate, effectiveLearningRate } = found;
  if (!fixedPoint) return { outcome, message, fixedPoint: null };
  return {
    outcome,
    message,
    fixedPoint: pointOf(fixedPoint),
    eigenvalues: fixedPoint.eigenvalues,
    stationaryPoint: stationaryPoint
      ? { ...pointOf(stationaryPoint), eigenvalues: stationaryPoint.eigenvalues }
      : null,
    maximumLearningRate,
    effectiveLearningRate,
  };
}

/** `learning-rates`: fixed points and learning rates of a rule. */
export const command: Command<typeof schema> = {
  schema,
  example:
    'order-parameters learning-rates --rule weight-normalization --activation relu --learning-rate 0.5 --gamma-decay 0.2',
  async run(given, control) {
    const config = completeRule(given);
    const family = await familyOf(config);
    const options = { family, learningRate: Number(config.learningRate), length: config.length };
    const result = await learningRatesAsync(options, control);
    const { outcome } = result;
    return {
      result: { kind: 'learning-rates', config, entries: entriesOf(result), table: undefined },
      outcome: outcome === 'aborted' ? 'aborted' : outcome === 'found' ? 'done' : 'failed',
    };
  },
};
