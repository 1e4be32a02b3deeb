import * as z from 'zod';
import type { Command } from '../config/command.js';
import { entry } from '../config/entries.js';
import type { Result } from '../config/result.js';
import { readPreactivations } from '../config/preactivations.js';
import { ruleShape } from '../config/rules.js';
import { refuseUseless, type Useless } from '../config/useless.js';
import { activationOf } from '../gaussian/activations/index.js';
import {
  dataDefaults,
  gammaDecayFromData,
  measuredQuantities,
  type MeasuredGammaDecay,
} from '../regularization/decay-from-data.js';
import { gammaDecayAtFixedPoint, gammaDecayFromState } from '../regularization/decay-from-state.js';
import {
  informationReadings,
  type GammaDecay,
  type GammaDecayOptions,
  type ShiftOptions,
} from '../regularization/gamma-decay.js';
import { bernoulliLikelihood, gaussianLikelihood } from '../regularization/likelihood.js';

const likelihoods = { gaussian: gaussianLikelihood, bernoulli: bernoulliLikelihood };
const likelihoodNames = Object.keys(likelihoods) as (keyof typeof likelihoods)[];

/** What stands for an overlap and for a noise that theory is not given. */
const theoryDefaults = { overlap: 1, noiseVariance: 0, teacherLength: 1 };

const schema = z.strictObject({
  batchSize: entry(z.number(), 'M', 'samples per batch'),
  activation: ruleShape.activation,
  teacherActivation: entry(z.string().optional(), 'name', 'activation of the teacher, without data', {
    otherwise: 'that of the student',
  }),
  teacherLength: entry(z.number().optional(), 'T', 'standard deviation of the teacher field, without data', {
    otherwise: String(theoryDefaults.teacherLength),
  }),
  likelihood: entry(z.enum(likelihoodNames).default('gaussian'), 'name', 'likelihood of the labels'),
  information: entry(
    z.enum(informationReadings).default('model'),
    'name',
    'Fisher information of the model, or the mean squared score of the labels',
  ),
  preactivations: entry(z.string().optional(), 'file', 'file with data, .csv or .json', {
    otherwise: 'a Gaussian field',
  }),
  column: entry(z.string().optional(), 'name', 'column of the pre-activations', {
    otherwise: 'the only one',
  }),
  labels: entry(z.string().optional(), 'name', 'column of the labels', { otherwise: 'no labels' }),
  gamma: entry(z.number().optional(), 'γ', 'scale γ', {
    otherwise: `${dataDefaults.gamma} for data, the fixed point without`,
  }),
  shift: entry(z.number().default(0), 'β', 'what is added to γ times the normalized field before the unit'),
  overlap: entry(z.number().optional(), 'R', 'overlap with the teacher, without data', {
    otherwise: String(theoryDefaults.overlap),
  }),
  noiseVariance: entry(z.number().optional(), 'S', 'variance of the label noise, without data', {
    otherwise: String(theoryDefaults.noiseVariance),
  }),
  resamples: entry(z.number().optional(), 'n', 'bootstrap data sets for the standard errors', {
    otherwise: String(dataDefaults.resamples),
  }),
  seed: entry(z.number().optional(), 's', 'seed of the bootstrap', { otherwise: String(dataDefaults.seed) }),
});
type Config = z.infer<typeof schema>;

const ofData = ['column', 'labels', 'resamples', 'seed'] as const;
const ofTheory = ['overlap', 'noiseVariance', 'teacherActivation', 'teacherLength'] as const;

/** Settings, whether a configuration has them, and the entries that they make useless. */
function uselessEntries({ preactivations }: Config): Useless<Config>[] {
  const fromFile = preactivations !== undefined;
  return [
    [fromFile, 'where preactivations are given', ...ofTheory],
    [!fromFile, 'where no preactivations are given', ...ofData],
  ];
}

/** What was found, with the defaults of what was used. */
type Found = Pick<Result, 'config' | 'entries'>;

function entriesOf(
  decay: GammaDecay,
  standardErrors?: MeasuredGammaDecay['standardErrors'],
): Record<string, unknown> {
  const errors = measuredQuantities.map((name) => [`${name}StandardError`, standardErrors?.[name]]);
  return {
    ...Object.fromEntries(measuredQuantities.map((name) => [name, decay[name]])),
    gamma: decay.gamma,
    ...(Object.fromEntries(errors) as Record<string, unknown>),
  };
}

async function fromFile(
  path: string,
  config: Config,
  options: GammaDecayOptions & ShiftOptions,
): Promise<Found> {
  const { gamma = dataDefaults.gamma, resamples = dataDefaults.resamples, seed = dataDefaults.seed } = config;
  const { column, labels, preactivations } = await readPreactivations({
    path,
    column: config.column,
    labels: config.labels,
    binaryLabels: config.likelihood === 'bernoulli',
  });
  const data = { preactivations, gamma, resamples, seed, ...(labels === undefined ? {} : { labels }) };
  const decay = gammaDecayFromData({ ...options, ...data });
  const samples = preactivations.length;
  return {
    config: { ...config, column, gamma, resamples, seed },
    entries: {
      outcome: 'measured',
      message: `from ${samples} pre-activations`,
      ...entriesOf(decay, decay.standardErrors),
      samples,
    },
  };
}

async function fromTheory(given: Config, options: GammaDecayOptions & ShiftOptions): Promise<Found> {
  const { gamma, overlap = theoryDefaults.overlap, noiseVariance = theoryDefaults.noiseVariance } = given;
  const { teacherActivation = given.activation, teacherLength = theoryDefaults.teacherLength } = given;
  const config = { ...given, overlap, noiseVariance, teacherActivation, teacherLength };
  const teacher =
    teacherActivation === given.activation ? options.activation : await activationOf(teacherActivation);
  const state = { ...options, overlap, noiseVariance, teacherActivation: teacher, teacherLength };
  const [ending, decay] =
    gamma === undefined
      ? [{ outcome: 'fixed-point', message: 'at the γ that rests' }, gammaDecayAtFixedPoint(state)]
      : [{ outcome: 'computed', message: 'at the given γ' }, gammaDecayFromState({ ...state, gamma })];
  return { config, entries: { ...ending, ...entriesOf(decay) } };
}

/** `regularization`: ζ of batch normalization as regularization, from data where a file is named, else from theory. */
export const command: Command<typeof schema> = {
  schema,
  example: `order-parameters regularization --batch-size 32 --activation relu --overlap 0.9 --noise-variance 0.05

  With a file whose first line is h,label:
  order-parameters regularization --batch-size 32 --likelihood bernoulli --preactivations fields.csv --column h \\
    --labels label`,
  rests: false,
  async run(given) {
    refuseUseless(given, uselessEntries(given));
    const { batchSize, likelihood, information, preactivations, shift } = given;
    const activation = await activationOf(given.activation);
    const options = { activation, batchSize, likelihood: likelihoods[likelihood], information, shift };
    const { config, entries } =
      preactivations === undefined
        ? await fromTheory(given, options)
        : await fromFile(preactivations, given, options);
    return { result: { kind: 'regularization', config, entries, table: undefined }, outcome: 'done' };
  },
};
