import * as z from 'zod';
import {
  decompositionSchema,
  dynamicsSchema,
  generalizationSchema,
  learningRatesSchema,
} from '../../config/schema.js';

/**
 * A figure as a recipe: curves by name, each from a configuration of a run, and the panels that show them. A figure is made
 * again from its recipe alone.
 */

const look = {
  /** `{power}` in it stands for the fitted power of the quantity that a panel shows. */
  label: z.string(),
  color: z.enum(['blue', 'vermillion', 'green', 'purple', 'orange', 'sky', 'black', 'grey']),
  dash: z.enum(['solid', 'dashed', 'dotted']).optional(),
  marker: z.enum(['circle', 'square', 'triangle', 'diamond']).optional(),
};

/** How the simulation beside a theoretical curve is run. */
const simulationShape = z.strictObject({
  dimension: z.number(),
  runs: z.number(),
  seed: z.number(),
  times: z.array(z.number()),
});

/** A trajectory, as a line, and where asked for its simulation, as points with standard errors. */
const trajectoryCurve = z.strictObject({
  kind: z.literal('dynamics'),
  ...look,
  dynamics: dynamicsSchema.omit({ dimension: true }),
  simulation: simulationShape.optional(),
});
export type TrajectoryCurve = z.infer<typeof trajectoryCurve>;

/** Maximum learning rates of a rule against one of its parameters. */
const maximumCurve = z.strictObject({
  kind: z.literal('maximum-learning-rate'),
  ...look,
  learningRates: learningRatesSchema,
  over: z.enum(['gammaDecay', 'noiseVariance', 'batchSize']),
  values: z.union([
    z.array(z.number()),
    z.strictObject({ from: z.number(), to: z.number(), points: z.number().int().min(2) }),
  ]),
});
export type MaximumCurve = z.infer<typeof maximumCurve>;

/**
 * Exact batch normalization beside its decomposition against batch size. `show` tells which of the two: the exact or the
 * decomposed values as a line, or the gaps as points with the fitted power of M as a line.
 */
const decompositionCurve = z.strictObject({
  kind: z.literal('decomposition'),
  ...look,
  compare: decompositionSchema,
  show: z.enum(['exact', 'decomposed', 'gaps']),
});
export type DecompositionCurve = z.infer<typeof decompositionCurve>;

/**
 * Learning curves at large (P, N) against the load, ζ or the time of gradient flow; where asked for with students trained on
 * finite training sets, as points. `show: optimum` marks the best ζ or stopping time instead.
 */
const generalizationCurve = z.strictObject({
  kind: z.literal('generalization'),
  ...look,
  generalization: generalizationSchema,
  over: z.enum(['alpha', 'gammaDecay', 'time']).default('alpha'),
  show: z.enum(['curve', 'optimum']).default('curve'),
  simulation: z
    .strictObject({
      alpha: z.array(z.number()).min(1),
      dimension: z.number(),
      runs: z.number(),
      seed: z.number(),
      randomStarts: z.number().optional(),
      teacherStart: z.boolean().optional(),
      batchSize: z.number().optional(),
      learningRate: z.number().optional(),
      until: z.number().optional(),
    })
    .optional(),
});
export type GeneralizationFigureCurve = z.infer<typeof generalizationCurve>;

/** A formula in x, to set beside the others. */
const formulaCurve = z.strictObject({
  kind: z.literal('formula'),
  ...look,
  formula: z.string(),
  from: z.number(),
  to: z.number(),
});
export type FormulaCurve = z.infer<typeof formulaCurve>;

const curve = z.discriminatedUnion('kind', [
  trajectoryCurve,
  maximumCurve,
  decompositionCurve,
  generalizationCurve,
  formulaCurve,
]);
export type Curve = z.infer<typeof curve>;

const axis = z.strictObject({
  /** What is drawn: time, a quantity of the trajectory, or a form of the maximum (effective, reduced, spectral). */
  quantity: z.string(),
  label: z.string(),
  scale: z.enum(['linear', 'log']).optional(),
  domain: z.tuple([z.number(), z.number()]).optional(),
});

const corner = z.enum(['top-left', 'top-right', 'bottom-left', 'bottom-right', 'none']);

/** A figure: its curves and panels. */
export const figureSchema = z.strictObject({
  kind: z.literal('figure'),
  title: z.string(),
  columns: z.number().int().min(1),
  panelWidth: z.number(),
  panelHeight: z.number(),
  curves: z.record(z.string(), curve),
  panels: z.array(
    z.strictObject({
      title: z.string().optional(),
      x: axis,
      y: axis,
      curves: z.array(z.string()).min(1),
      legend: z.union([corner, z.tuple([z.number(), z.number()])]).optional(),
    }),
  ),
});
export type FigureRecipe = z.infer<typeof figureSchema>;
export type RecipePanel = FigureRecipe['panels'][number];
