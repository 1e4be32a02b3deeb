import { Command, Option } from 'commander';
import type { FigureFlags } from './figure.js';
import { addOutputOptions, numberOption, numbersOption, rules, type Flags } from './options.js';

// Commands are imported when they run, so that --help does not wait for solvers and schemas.

/** `order-parameters generalization` and its options. */
export function generalization(): Command {
  const command = new Command('generalization')
    .description('learning curves at large (P, N): ε, γ, R against the load α = P/N')
    .addOption(
      new Option(
        '--rule <name>',
        'sgd is ζ → 0; batch-normalization the ζ published for its batch size',
      ).choices(rules),
    )
    .option('--activation <name>', 'of the student, as in dynamics (default: identity)')
    .option('--teacher-activation <name>', 'of the teacher (default: that of the student)')
    .option('--alpha <list>', 'loads, as 0.5,1,2 or 0.5:8:50 (from:to:count)', numbersOption('alpha'))
    .option('--gamma-decay <list>', 'strengths ζ of gamma decay (default: 0)', numbersOption('gamma-decay'))
    .option(
      '--flow-times <list>',
      'stop gradient flow at these times (identity)',
      numbersOption('flow-times'),
    )
    .option('--optimum', 'the best ζ, batch size and stopping time at every load (identity)')
    .option('--force', 'train what is estimated to take more than 30 days or 2 GB')
    .option('--teacher-start', 'train from the teacher too and keep the lower loss');
  numberOption(command, '--batch-size <M>', 'of batch-normalization, or of sgd students (default: 1)');
  numberOption(command, '--noise-variance <S>', 'variance of the label noise (default: 0)');
  numberOption(command, '--teacher-length <T>', 'standard deviation of the teacher field (default: 1)');
  numberOption(command, '--dimension <N>', 'train students on P = αN samples, too');
  command.addOption(
    new Option(
      '--engine <name>',
      'how: dimension-free (identity, O(N)) or explicit (default: explicit)',
    ).choices(['explicit', 'dimension-free']),
  );
  numberOption(command, '--runs <n>', 'students of each load (default: 8)');
  numberOption(command, '--seed <s>', 'seed of the training sets (default: 1)');
  numberOption(command, '--random-starts <n>', 'starts of every student, lowest loss kept (default: 1)');
  numberOption(command, '--learning-rate <eta>', 'of sgd and batch-normalization students (default: 0.2)');
  numberOption(command, '--until <T>', 'longest training of those, in steps/N (default: 1000)');
  return addOutputOptions(command)
    .addHelpText(
      'after',
      `
Example:
  order-parameters generalization --activation relu --alpha 0.5:8:16 --gamma-decay 0.25 --noise-variance 0.05`,
    )
    .action(async (flags: Flags) => {
      const { configuredCommand } = await import('./configured.js');
      await configuredCommand('generalization', flags);
    });
}

/** `order-parameters regularization` and its options. */
export function regularization(): Command {
  const command = new Command('regularization')
    .description(
      'batch normalization as regularization: the gamma decay ζ, its two parts, kurtosis and Fisher information',
    )
    .option(
      '--activation <name>',
      'identity, relu, leaky-relu, erf, softplus, or an expression in z (default: identity)',
    )
    .addOption(
      new Option('--likelihood <name>', 'of the labels (default: gaussian)').choices([
        'gaussian',
        'bernoulli',
      ]),
    )
    .addOption(
      new Option(
        '--information <name>',
        'Fisher information of the model, or the mean squared score of the labels (default: model)',
      ).choices(['model', 'score']),
    )
    .option('--preactivations <file>', 'data, .csv or .json (default: a Gaussian field)')
    .option('--column <name>', 'column of the pre-activations (default: the only one)')
    .option('--labels <name>', 'column of the labels');
  numberOption(command, '--batch-size <M>', 'samples per batch');
  numberOption(command, '--gamma <gamma>', 'scale γ (default: 1 for data, the fixed point without)');
  numberOption(command, '--overlap <R>', 'overlap with the teacher, without data (default: 1)');
  numberOption(command, '--noise-variance <S>', 'variance of the label noise, without data (default: 0)');
  numberOption(command, '--resamples <n>', 'bootstrap data sets for the standard errors (default: 200)');
  numberOption(command, '--seed <s>', 'seed of the bootstrap (default: 1)');
  return addOutputOptions(command)
    .addHelpText(
      'after',
      `
Example:
  order-parameters regularization --batch-size 32 --activation relu --overlap 0.9 --noise-variance 0.05

  With a file whose first line is h,label:
  order-parameters regularization --batch-size 32 --likelihood bernoulli --preactivations fields.csv --column h \\
    --labels label`,
    )
    .action(async (flags: Flags) => {
      const { regularizationCommand } = await import('./regularization.js');
      await regularizationCommand(flags);
    });
}

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
