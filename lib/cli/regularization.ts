import { activationOf } from '../gaussian/activations/index.js';
import { readPreactivations } from '../config/preactivations.js';
import { parseConfig, regularizationSchema, type RegularizationConfig } from '../config/schema.js';
import { rangeError } from '../foundation/checks.js';
import { gammaDecayFromData, type MeasuredGammaDecay } from '../regularization/decay-from-data.js';
import { gammaDecayAtFixedPoint, gammaDecayFromState } from '../regularization/decay-from-state.js';
import type { GammaDecay, GammaDecayOptions } from '../regularization/gamma-decay.js';
import { bernoulliLikelihood, gaussianLikelihood } from '../regularization/likelihood.js';
import { execute } from './execute.js';
import { mergedConfig, type Flags } from './options.js';

const likelihoods = { gaussian: gaussianLikelihood, bernoulli: bernoulliLikelihood };

const ofData = ['column', 'labels', 'resamples', 'seed'] as const;
const ofTheory = ['overlap', 'noiseVariance'] as const;

/** Refuses entries that do nothing and fills in the defaults of those that do something. */
function completed(config: RegularizationConfig): RegularizationConfig {
  const fromFile = config.preactivations !== undefined;
  for (const name of fromFile ? ofTheory : ofData) {
    const allowed = `left out ${fromFile ? 'where preactivations are' : 'where no preactivations are'} given`;
    if (config[name] !== undefined) throw rangeError(name, allowed, config[name]);
  }
  if (!fromFile) return { ...config, overlap: config.overlap ?? 1, noiseVariance: config.noiseVariance ?? 0 };
  return {
    ...config,
    gamma: config.gamma ?? 1,
    resamples: config.resamples ?? 200,
    seed: config.seed ?? 1,
  };
}

async function fromFile(
  path: string,
  config: RegularizationConfig,
  options: GammaDecayOptions,
): Promise<{ config: RegularizationConfig; decay: MeasuredGammaDecay; samples: number }> {
  const { gamma = 1, resamples = 200, seed = 1 } = config;
  const binaryLabels = config.likelihood === 'bernoulli';
  const { column, labels, preactivations } = await readPreactivations({
    path,
    column: config.column,
    labels: config.labels,
    binaryLabels,
  });
  const data = { preactivations, gamma, resamples, seed, ...(labels === undefined ? {} : { labels }) };
  return {
    config: { ...config, column },
    decay: gammaDecayFromData({ ...options, ...data }),
    samples: preactivations.length,
  };
}

const quantities = [
  'zeta',
  'fromMean',
  'fromDeviation',
  'kurtosis',
  'fisherInformation',
  'modelInformation',
  'scoreInformation',
] as const;

function entriesOf(
  decay: GammaDecay,
  standardErrors?: MeasuredGammaDecay['standardErrors'],
): Record<string, unknown> {
  const errors = quantities.map((name) => [`${name}StandardError`, standardErrors?.[name]]);
  return {
    ...Object.fromEntries(quantities.map((name) => [name, decay[name]])),
    gamma: decay.gamma,
    ...(Object.fromEntries(errors) as Record<string, unknown>),
  };
}

/** `order-parameters regularization` */
export async function regularizationCommand(flags: Flags): Promise<void> {
  const given = completed(parseConfig(regularizationSchema, await mergedConfig(flags)));
  await execute(
    'regularization',
    flags,
    async () => {
      const { batchSize, likelihood, information, gamma, overlap = 1, noiseVariance = 0 } = given;
      const activation = await activationOf(given.activation);
      const options = { activation, batchSize, likelihood: likelihoods[likelihood], information };
      if (given.preactivations !== undefined) {
        const { config, decay, samples } = await fromFile(given.preactivations, given, options);
        const entries = { outcome: 'measured', ...entriesOf(decay, decay.standardErrors), samples };
        return { result: { kind: 'regularization', config, entries, table: undefined }, outcome: 'done' };
      }
      const state = { ...options, overlap, noiseVariance };
      const decay =
        gamma === undefined ? gammaDecayAtFixedPoint(state) : gammaDecayFromState({ ...state, gamma });
      const entries = { outcome: gamma === undefined ? 'fixed-point' : 'computed', ...entriesOf(decay) };
      return {
        result: { kind: 'regularization', config: given, entries, table: undefined },
        outcome: 'done',
      };
    },
    false,
  );
}
