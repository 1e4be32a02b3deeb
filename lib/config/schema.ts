import * as z from 'zod';
import { methodNames } from '../ode/methods/index.js';
import { argumentError } from '../foundation/checks.js';
import { nearest } from '../foundation/options.js';
import { numbersOf } from './numbers.js';

/**
 * Configurations of runs, as they stand in YAML or JSON files, come from the command line, and are printed back in every
 * result. The schemas check shapes and names; values are checked by the library itself, which names them.
 */

const rate = z.union([z.number(), z.string()]);

const ruleShape = {
  rule: z.enum(['sgd', 'weight-normalization', 'population-normalization', 'batch-normalization']),
  /** A name or an expression in z. */
  activation: z.string().default('identity'),
  /** A number or an expression in t. */
  learningRate: rate,
  gammaLearningRate: rate.optional(),
  gammaDecay: z.number().optional(),
  batchSize: z.number().optional(),
  noiseVariance: z.number().default(0),
};

const initialShape = z.strictObject({
  gamma: z.number().optional(),
  overlap: z.number().optional(),
  length: z.number().optional(),
});

/** Times to answer at: a list, or a number of equally spaced ones from 0 to `until`. */
const timesShape = {
  until: z.number().optional(),
  points: z.number().optional(),
  times: z.array(z.number()).optional(),
};

/** A rule by name with its parameters. */
export const ruleSchema = z.strictObject(ruleShape);
export type RuleConfig = z.infer<typeof ruleSchema>;

/** A trajectory of the order-parameter equations. */
export const dynamicsSchema = z.strictObject({
  ...ruleShape,
  initial: initialShape,
  ...timesShape,
  method: z.enum(methodNames).default('auto'),
  relativeTolerance: z.number().default(1e-10),
  absoluteTolerance: z.number().default(1e-20),
  maxSteps: z.number().default(100_000),
  /** Default: a 200th of the run where a learning rate varies. */
  maxStep: z.number().optional(),
  lengthBound: z.number().default(1e6),
  /** Stop where every derivative is at most this. */
  stationaryTolerance: z.number().optional(),
  /** Stop where a condition comes to hold, such as `generalizationError<1e-6`. */
  stopWhen: z.string().optional(),
  /** N at which to predict the standard deviations of one run. */
  dimension: z.number().optional(),
});
export type DynamicsConfig = z.infer<typeof dynamicsSchema>;

/** Fixed points and learning rates of a rule. */
export const learningRatesSchema = z.strictObject({ ...ruleShape, length: z.number().default(1) });
export type LearningRatesConfig = z.infer<typeof learningRatesSchema>;

const engine = z.enum(['explicit', 'dimension-free']);

/** A Monte Carlo experiment. */
export const simulateSchema = z.strictObject({
  ...ruleShape,
  initial: initialShape,
  ...timesShape,
  dimension: z.number(),
  runs: z.number().default(16),
  seed: z.number().default(1),
  /** Which place of a sweep this is; sets of random streams of different points share nothing. */
  sweepPoint: z.number().optional(),
  /** Whether to run what is estimated to take more than a month or 2 GB. */
  force: z.boolean().optional(),
  engine: engine.default('explicit'),
  /** P/N of a training set; fresh samples where there is none. */
  load: z.number().optional(),
  /** Whether to solve the equations too and set them beside the simulation. */
  compare: z.boolean().default(false),
  lengthBound: z.number().default(1e6),
});
export type SimulateConfig = z.infer<typeof simulateSchema>;

const decompositionShape = {
  learningRate: z.number(),
  batchSizes: z.array(z.number()).default([4, 8, 16, 32, 64, 128, 256]),
  initial: z
    .strictObject({ gamma: z.number(), overlap: z.number(), length: z.number() })
    .default({ gamma: 0.5, overlap: 0.1, length: 1 }),
  until: z.number().default(40),
};

/** Exact batch normalization beside its published decomposition, for one activation and one S. */
export const decompositionSchema = z.strictObject({
  ...decompositionShape,
  activation: z.string().default('identity'),
  noiseVariance: z.number().default(0),
});

/** The same for any number of activations and S. */
export const compareSchema = z.strictObject({
  ...decompositionShape,
  rule: z.literal('batch-normalization').default('batch-normalization'),
  with: z.literal('population-normalization').default('population-normalization'),
  activation: z.union([z.string().transform((name) => [name]), z.array(z.string())]).default(['identity']),
  noiseVariance: z.union([z.number().transform((value) => [value]), z.array(z.number())]).default([0]),
  /** Whether to print the trajectories instead of what they come to. */
  trajectories: z.boolean().default(false),
});
export type CompareConfig = z.infer<typeof compareSchema>;

/** One number, a list, or text that the command line would take for a list. */
function numbers(name: string): z.ZodType<number[]> {
  return z.union(
    [
      z.number().transform((value) => [value]),
      z.array(z.number()).min(1, 'must have at least one number'),
      z.string().transform((text) => numbersOf(name, text)),
    ],
    'must be a number, a list of numbers, or like 0.5:8:50',
  );
}

/** Learning curves at large (P, N), and students trained on finite training sets beside them where `dimension` is given. */
export const generalizationSchema = z.strictObject({
  /** `sgd` is the limit ζ → 0⁺; `batch-normalization` stands for the ζ published for its batch size. */
  rule: ruleShape.rule.default('weight-normalization'),
  activation: z.string().default('identity'),
  /** Default: that of the student. */
  teacherActivation: z.string().optional(),
  /** Loads α = P/N. */
  alpha: numbers('alpha'),
  gammaDecay: numbers('gammaDecay').optional(),
  batchSize: z.number().optional(),
  noiseVariance: z.number().default(0),
  teacherLength: z.number().default(1),
  /** Times τ at which gradient flow from w = 0 is stopped, identity only. */
  flowTimes: numbers('flowTimes').optional(),
  /** Whether to print the best ζ, batch size and stopping time of each load, identity only. */
  optimum: z.boolean().default(false),
  dimension: z.number().optional(),
  /** How students are drawn: `dimension-free` for identity alone; default explicit. */
  engine: engine.optional(),
  runs: z.number().default(8),
  seed: z.number().default(1),
  /** Which place of a sweep this is; sets of random streams of different points share nothing. */
  sweepPoint: z.number().optional(),
  /** Whether to run what is estimated to take more than a month or 2 GB. */
  force: z.boolean().optional(),
  randomStarts: z.number().default(1),
  teacherStart: z.boolean().default(false),
  learningRate: z.number().default(0.2),
  until: z.number().default(1000),
});
export type GeneralizationConfig = z.infer<typeof generalizationSchema>;

/** ζ of batch normalization as regularization: from data where `preactivations` names a file, else from theory. */
export const regularizationSchema = z.strictObject({
  batchSize: z.number(),
  activation: z.string().default('identity'),
  likelihood: z.enum(['gaussian', 'bernoulli']).default('gaussian'),
  information: z.enum(['model', 'score']).default('model'),
  /** A file that ends in .csv or .json, its column of pre-activations, and its column of labels. */
  preactivations: z.string().optional(),
  column: z.string().optional(),
  labels: z.string().optional(),
  /** Default 1 for data, the fixed point for theory. */
  gamma: z.number().optional(),
  overlap: z.number().optional(),
  noiseVariance: z.number().optional(),
  /** Bootstrap data sets. */
  resamples: z.number().optional(),
  seed: z.number().optional(),
});
export type RegularizationConfig = z.infer<typeof regularizationSchema>;

/** The first thing wrong with a configuration, in one line. */
function firstProblem(error: z.ZodError, names: readonly string[]): string {
  const issue = error.issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const inside = issue.path.length > 0;
    const place = inside ? ` in \`${issue.path.join('.')}\`` : '';
    const best = inside || issue.keys.length > 1 ? undefined : nearest(issue.keys[0]!, names);
    const hint = best === undefined ? '' : `; did you mean ${best}?`;
    return `unknown name${issue.keys.length > 1 ? 's' : ''} ${issue.keys.join(', ')}${place}${hint}`;
  }
  const path = issue.path.join('.');
  const message = issue.message.replace(/\s+/g, ' ');
  return path === '' ? message : `\`${path}\`: ${message}`;
}

/**
 * Checks the shape of a configuration and fills in its defaults.
 *
 * @throws RangeError, one line, naming the first entry that is wrong
 */
export function parseConfig<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const names = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  throw argumentError(`configuration: ${firstProblem(result.error, names)}`);
}
