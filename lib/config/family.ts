import { typeError } from '../foundation/checks.js';
import type { LearningRateFamily } from '../stability/family.js';
import { ratesOf, ruleOf, ruleOfRates, type RuleConfig } from './rules.js';

/** The learning rates of a configuration, which are numbers here. */
async function numericRatesOf(config: RuleConfig): Promise<(readonly [name: string, rate: number])[]> {
  await ruleOf(config);
  return ratesOf(config).map(([name, rate]) => {
    if (typeof rate !== 'number') throw typeError(name, 'a number where fixed points are asked for', rate);
    return [name, rate] as const;
  });
}

/**
 * The rule of a configuration for every learning rate η.
 *
 * @param follows whether the learning rate of γ keeps its ratio to η: fixing it would make η_max depend on a number that has nothing
 * to do with stability of the weights. Where L is free and η large it stays as it is, since γ's own step bears no more.
 * @throws (as a rejection) as `ruleOf`, and when a learning rate is not a number
 */
export async function familyOf(config: RuleConfig, follows: boolean): Promise<LearningRateFamily> {
  const rates = await numericRatesOf(config);
  const build = await ruleOfRates(config);
  const at = Number(config.learningRate);
  return (eta) =>
    build(
      Object.fromEntries(
        rates.map(([name, rate]) => [name, name === 'learningRate' || follows ? (rate / at) * eta : rate]),
      ),
    );
}
