import { writeFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../config/load.js';
import { plain } from '../config/result.js';
import { parseConfig } from '../config/parse.js';
import { figureOfRecipe } from '../recipes/figure-of-recipe.js';
import { quickRecipe } from '../recipes/quick.js';
import { rebased } from '../recipes/rebased.js';
import { figureSchema } from '../recipes/schema.js';
import { writeFigure } from '../figures/write.js';
import { packageVersion } from '../config/package-version.js';
import type { OutputFlags } from './options.js';
import { requireWritable } from './output.js';
import { progressBar } from './progress.js';
import { UsageError } from './usage-error.js';

/** Where to find a recipe and where to put its figure. */
export interface FigureFlags extends Omit<OutputFlags, 'format'> {
  readonly output: string;
  readonly quick?: boolean;
}

function recipePath(name: string | undefined, config: string | undefined): string {
  if (name !== undefined && config !== undefined)
    throw new UsageError('a figure NAME and --config do not go together');
  if (config !== undefined) return config;
  if (name === undefined) throw new UsageError('a figure NAME or --config FILE is needed');
  if (!/^[\w-]+$/.test(name)) throw new UsageError(`no figure is called ${name}`);
  return fileURLToPath(new URL(`../../docs/figures/${name}.yaml`, import.meta.url));
}

/** `order-parameters figure`: a recipe in; the figure out, with its data as JSON beside it. */
export async function figureCommand(name: string | undefined, flags: FigureFlags): Promise<void> {
  const outputs = flags.output.split(',');
  for (const output of outputs) {
    if (!['.svg', '.pdf', '.png'].includes(extname(output))) {
      throw new UsageError(`--output must end in .svg, .pdf or .png; got ${output}`);
    }
    requireWritable(output);
  }
  const path = recipePath(name, flags.config);
  const beside = outputs[0]!.replace(/\.[a-z]+$/, '.json');
  const folder = dirname(beside);
  // What is written is a recipe again, and names files from where it lies.
  const asked = rebased(parseConfig(figureSchema, await loadConfig(path)), dirname(path), folder);
  const recipe = flags.quick === true ? quickRecipe(asked) : asked;
  const controller = new AbortController();
  process.once('SIGINT', () => {
    controller.abort();
    process.exit(130);
  });
  const progress = await progressBar('figure', flags.quiet !== true);
  try {
    const control = { signal: controller.signal, onProgress: progress.update };
    const { figure, data } = await figureOfRecipe(recipe, control, folder);
    const record = { kind: 'figure-data', version: packageVersion(), config: recipe, data };
    writeFileSync(beside, `${JSON.stringify(record, plain)}\n`);
    for (const output of outputs) await writeFigure(figure, output);
  } finally {
    progress.stop();
  }
}
