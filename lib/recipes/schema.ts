import * as z from 'zod';
import { commandNames } from '../commands/execute-config.js';
import { gridSchema } from '../config/grid.js';

/**
 * A figure as a recipe: curves by name, each from the table of a command or the results file of a sweep, and the panels that
 * show them. A figure is made again from its recipe, and the results files it names, alone.
 */

const look = {
  label: z.string().meta({ help: 'words of the legend; {power} stands for the fitted power' }),
  color: z.enum(['blue', 'vermillion', 'green', 'purple', 'orange', 'sky', 'black', 'grey']),
  dash: z.enum(['solid', 'dashed', 'dotted']).default('solid').meta({ help: 'of the line' }),
  marker: z
    .enum(['circle', 'square', 'triangle', 'diamond'])
    .default('circle')
    .meta({ help: 'of the points' }),
};

const configuration = z.record(z.string(), z.json());

/** A column under another name, perhaps transformed. */
const columnSchema = z.union(
  [
    z.string(),
    z.strictObject({
      column: z.string(),
      per: z.string().optional().meta({ help: 'a column to divide it by' }),
      formula: z.string().optional().meta({ help: 'an expression in x, which stands for that' }),
    }),
  ],
  'must be the name of a column, or a column with per or formula',
);
export type ColumnRecipe = z.infer<typeof columnSchema>;

/** How rows are drawn. */
const drawing = {
  columns: z.record(z.string(), columnSchema).default({}).meta({
    help: 'by the name of a quantity that a panel asks for, the column of the table that has it, where names differ',
  }),
  dashWhere: z
    .strictObject({
      column: z.string().meta({ help: 'a column of words' }),
      words: z.array(z.string()).min(1).meta({ help: 'those at which the line is dashed' }),
    })
    .optional()
    .meta({
      help: 'where the line is dashed whatever its dash, as at states of a theory that are not to be trusted; intervals between rows with one such end are',
    }),
  draw: z.enum(['line', 'points']).default('line').meta({ help: 'how the rows of the table are drawn' }),
  band: z.boolean().optional().meta({
    help: 'whether one standard error above and below a line is shaded, from the column named like that of y with StandardError after it',
  }),
  fit: z.literal('power-law').optional().meta({ help: 'a power law through the points, as a line' }),
};

/** Columns of a command's table. */
const commandCurve = z.strictObject({
  kind: z.enum(commandNames).meta({ help: 'the command that is run' }),
  ...look,
  config: configuration.meta({ help: 'a configuration of the command' }),
  grid: gridSchema,
  ...drawing,
  points: z
    .strictObject({
      kind: z.enum(commandNames).optional().meta({ help: 'the command', otherwise: 'that of the curve' }),
      config: configuration.meta({ help: 'entries besides those of the curve, which they win over' }),
    })
    .optional()
    .meta({ help: 'a second run, such as a simulation, drawn as points with standard errors' }),
});
export type CommandCurve = z.infer<typeof commandCurve>;

/** Rows of a results file, as `sweep` writes it. */
const resultsCurve = z.strictObject({
  kind: z.literal('results'),
  ...look,
  file: z.string().meta({ help: 'the results file of a sweep, named from the folder of the recipe' }),
  where: z.record(z.string(), z.json()).default({}).meta({
    help: 'values by parameter or column: only rows that have them are drawn',
  }),
  rows: z
    .enum(['all', 'last'])
    .default('all')
    .meta({ help: 'of each point, all rows that `where` leaves, or the last of them' }),
  ...drawing,
});
export type ResultsCurve = z.infer<typeof resultsCurve>;

/** A formula in x, to set beside the others. */
const formulaCurve = z.strictObject({
  kind: z.literal('formula'),
  ...look,
  formula: z.string().meta({ help: 'an expression in x' }),
  from: z.number(),
  to: z.number(),
});
export type FormulaCurve = z.infer<typeof formulaCurve>;

const curve = z.discriminatedUnion('kind', [commandCurve, resultsCurve, formulaCurve]);
export type Curve = z.infer<typeof curve>;

const axis = z.strictObject({
  quantity: z.string().meta({ help: 'what is drawn: a column of the table' }),
  label: z.string(),
  scale: z.enum(['linear', 'log']).optional(),
  domain: z.tuple([z.number(), z.number()]).optional(),
});

const corner = z.enum(['top-left', 'top-right', 'bottom-left', 'bottom-right', 'none']);

/** A figure: its curves and panels. */
export const figureSchema = z.strictObject({
  kind: z.literal('figure'),
  title: z.string(),
  columns: z.number().int().min(1).meta({ help: 'panels side by side' }),
  panelWidth: z.number().meta({ unit: 'points', help: 'width of a panel' }),
  panelHeight: z.number().meta({ unit: 'points', help: 'height of a panel' }),
  curves: z.record(z.string(), curve).meta({ help: 'curves by name' }),
  panels: z.array(
    z.strictObject({
      title: z.string().optional(),
      x: axis,
      y: axis,
      curves: z.array(z.string()).min(1).meta({ help: 'names of the curves it shows' }),
      legend: z.union([corner, z.tuple([z.number(), z.number()])]).optional(),
    }),
  ),
});
export type FigureRecipe = z.infer<typeof figureSchema>;
export type RecipePanel = FigureRecipe['panels'][number];
