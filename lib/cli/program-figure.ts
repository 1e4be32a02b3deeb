import { Command } from 'commander';
import type { FigureFlags } from './figure.js';

/** `order-parameters figure` and its options. */
export function figure(): Command {
  return new Command('figure')
    .description('make a figure from its recipe, with its data as JSON beside it')
    .argument(
      '[name]',
      'a figure that comes with the package: dynamics, learning-rates, batch-normalization, batch-size, generalization, best-regularization',
    )
    .option('--config <file>', 'a recipe of your own, YAML or JSON')
    .requiredOption('--output <files>', 'where to write: .svg, .pdf or .png, several separated by commas')
    .option('--quick', 'a quarter of the runs of each simulation')
    .option('--quiet', 'no progress bar')
    .addHelpText(
      'after',
      `
Example:
  order-parameters figure learning-rates --output learning-rates.svg,learning-rates.pdf`,
    )
    .action(async (name: string | undefined, flags: FigureFlags) => {
      const { figureCommand } = await import('./figure.js');
      await figureCommand(name, flags);
    });
}
