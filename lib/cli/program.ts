import { Command, CommanderError, Option } from 'commander';
import type { FigureFlags } from './figure.js';
import {
  addOutputOptions,
  addRuleOptions,
  addTimeOptions,
  initialOf,
  listOf,
  numbersOption,
  rules,
  numberOption,
  type Flags,
} from './options.js';
import { packageVersion } from './output.js';
import { UsageError } from './usage-error.js';

// Commands are imported when they run, so that --help does not wait for solvers and schemas.

function dynamicsCommand(): Command {
  const command = new Command('dynamics').description(
    'solve the order-parameter equations of a learning rule',
  );
  addTimeOptions(addRuleOptions(command))
    .option('--method <name>', 'odex or mathjs-rk45 (default: odex)')
    .option('--stop-when <condition>', 'end the run early, as generalizationError<1e-6 or length>10');
  numberOption(command, '--relative-tolerance <tol>', 'error per step, relative (default: 1e-10)');
  numberOption(command, '--absolute-tolerance <tol>', 'error per step, absolute (default: 1e-20)');
  numberOption(command, '--max-steps <n>', 'most steps to try (default: 100000)');
  numberOption(
    command,
    '--stationary-tolerance <rate>',
    'stop where every derivative is at most this (default: never)',
  );
  return addOutputOptions(command)
    .addHelpText(
      'after',
      `
Example:
  order-parameters dynamics --rule weight-normalization --activation relu --learning-rate 0.5 --gamma-decay 0.2 \\
    --noise-variance 0.05 --initial gamma=0.5,overlap=0.1,length=0.8 --until 50`,
    )
    .action(async (flags: Flags) => {
      const { dynamics } = await import('./dynamics.js');
      await dynamics(flags);
    });
}

function learningRates(): Command {
  const command = new Command('learning-rates').description(
    'find the fixed points of a rule, their eigenvalues, and its maximum and effective learning rate',
  );
  addRuleOptions(command);
  numberOption(command, '--length <L>', 'length held fixed for normalized rules (default: 1)');
  return addOutputOptions(command)
    .addHelpText(
      'after',
      `
Example:
  order-parameters learning-rates --rule weight-normalization --activation relu --learning-rate 0.5 --gamma-decay 0.2`,
    )
    .action(async (flags: Flags) => {
      const { learningRatesCommand } = await import('./learning-rates.js');
      await learningRatesCommand(flags);
    });
}

function simulate(): Command {
  const command = new Command('simulate').description(
    'train students by Monte Carlo and measure their order parameters',
  );
  addTimeOptions(addRuleOptions(command));
  numberOption(command, '--dimension <N>', 'input dimension');
  numberOption(command, '--runs <n>', 'independent runs (default: 16)');
  numberOption(command, '--seed <s>', 'seed of the random streams (default: 1)');
  numberOption(command, '--load <alpha>', 'train on P = αN samples of each run (default: fresh samples)');
  return addOutputOptions(command)
    .addOption(
      new Option(
        '--engine <name>',
        'explicit: N weights, drawn inputs; dimension-free: the same law from drawn fields, any N (default: explicit)',
      ).choices(['explicit', 'dimension-free']),
    )
    .option('--compare', 'solve the equations of fresh samples too: theory, z-scores and an overall p-value')
    .addHelpText(
      'after',
      `
Example:
  order-parameters simulate --rule sgd --activation relu --learning-rate 0.5 --initial overlap=0.1,length=0.8 \\
    --times 1,2,5 --dimension 500 --runs 64 --seed 1 --compare

  In 1e6 dimensions:
  order-parameters simulate --rule sgd --activation relu --learning-rate 0.5 --initial overlap=0.1,length=0.8 \\
    --times 0.5,1 --dimension 1e6 --engine dimension-free --runs 4`,
    )
    .action(async (flags: Flags) => {
      const { simulateCommand } = await import('./simulate.js');
      await simulateCommand(flags);
    });
}

function compare(): Command {
  const command = new Command('compare')
    .description(
      'set exact batch normalization beside population normalization with the published gamma decay',
    )
    .addOption(new Option('--rule <name>', 'what is compared').choices(['batch-normalization']))
    .addOption(new Option('--with <name>', 'what it is compared with').choices(['population-normalization']))
    .option(
      '--activation <name>',
      'as in dynamics; may be given several times (default: identity)',
      (name: string, before: string[] | undefined) => [...(before ?? []), name],
    )
    .option('--noise-variance <list>', 'variances of the label noise (default: 0)', listOf('noise-variance'))
    .option('--batch-sizes <list>', 'as 4,8,16 (default: 4 to 256 by factors of 2)', listOf('batch-sizes'))
    .option(
      '--initial <values>',
      'start of the trajectories (default: gamma=0.5,overlap=0.1,length=1)',
      initialOf,
    );
  numberOption(command, '--learning-rate <eta>', 'learning rate of weights and γ');
  numberOption(command, '--until <T>', 'last time of the trajectories (default: 40)');
  command.option('--trajectories', 'print both trajectories instead of what they come to');
  return addOutputOptions(command)
    .addHelpText(
      'after',
      `
Example:
  order-parameters compare --rule batch-normalization --with population-normalization --activation relu \\
    --activation identity --noise-variance 0,0.25 --learning-rate 0.5 --batch-sizes 8,32,128`,
    )
    .action(async (flags: Flags) => {
      const { compareCommand } = await import('./compare.js');
      await compareCommand(flags);
    });
}

function generalization(): Command {
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
    .option('--teacher-start', 'train from the teacher too and keep the lower loss');
  numberOption(command, '--batch-size <M>', 'of batch-normalization, or of sgd students (default: 1)');
  numberOption(command, '--noise-variance <S>', 'variance of the label noise (default: 0)');
  numberOption(command, '--teacher-length <T>', 'standard deviation of the teacher field (default: 1)');
  numberOption(command, '--dimension <N>', 'train students on P = αN samples, too');
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
      const { generalizationCommand } = await import('./generalization.js');
      await generalizationCommand(flags);
    });
}

function regularization(): Command {
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

function figure(): Command {
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

/** Makes commander's complaints usage errors of ours, so that they end in one line and exit status 2. */
function withOwnErrors(command: Command): Command {
  return command.configureOutput({ outputError: () => undefined }).exitOverride((error) => {
    if (error.exitCode === 0) throw error;
    throw new UsageError(error.message.replace(/^error: /, ''));
  });
}

/** The command line, ready to parse. */
export function program(): { parseAsync(): Promise<void> } {
  const root = new Command('order-parameters')
    .description(
      'Learning dynamics of teacher-student perceptrons with normalization, by statistical mechanics.',
    )
    .version(packageVersion());
  for (const command of [
    dynamicsCommand(),
    learningRates(),
    simulate(),
    compare(),
    generalization(),
    regularization(),
    figure(),
  ]) {
    root.addCommand(withOwnErrors(command.allowExcessArguments(false)));
  }
  withOwnErrors(root);
  return {
    async parseAsync() {
      if (process.argv.length <= 2) {
        root.outputHelp();
        return;
      }
      try {
        await root.parseAsync();
      } catch (error) {
        // --help and --version
        if (!(error instanceof CommanderError && error.exitCode === 0)) throw error;
      }
    },
  };
}
