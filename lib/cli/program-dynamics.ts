import { Command, Option } from 'commander';
import {
  addOutputOptions,
  addRuleOptions,
  addTimeOptions,
  initialOf,
  listOf,
  numberOption,
  type Flags,
} from './options.js';

// Commands are imported when they run, so that --help does not wait for solvers and schemas.

/** `order-parameters dynamics` and its options. */
export function dynamicsCommand(): Command {
  const command = new Command('dynamics').description(
    'solve the order-parameter equations of a learning rule',
  );
  addTimeOptions(addRuleOptions(command))
    .option(
      '--method <name>',
      'auto, runge-kutta-8, implicit-extrapolation, odex or mathjs-rk45 (default: auto)',
    )
    .option(
      '--stop-when <condition>',
      'end the run where a condition holds, as generalizationError<1e-6 or length>10',
    );
  numberOption(command, '--relative-tolerance <tol>', 'error per step, relative (default: 1e-10)');
  numberOption(command, '--absolute-tolerance <tol>', 'error per step, absolute (default: 1e-20)');
  numberOption(command, '--max-steps <n>', 'most steps to try (default: 100000)');
  numberOption(
    command,
    '--max-step <h>',
    'longest step (default: a 200th of the run where a learning rate varies; what is narrower may be stepped over)',
  );
  numberOption(
    command,
    '--stationary-tolerance <rate>',
    'stop where every derivative is at most this (default: never)',
  );
  numberOption(
    command,
    '--dimension <N>',
    'predict the standard deviations of one run at input dimension N (default: N infinite)',
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
      const { configuredCommand } = await import('./configured.js');
      await configuredCommand('dynamics', flags);
    });
}

/** `order-parameters learning-rates` and its options. */
export function learningRates(): Command {
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
      const { configuredCommand } = await import('./configured.js');
      await configuredCommand('learning-rates', flags);
    });
}

/** `order-parameters simulate` and its options. */
export function simulate(): Command {
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
    .option('--force', 'run what is estimated to take more than 30 days or 2 GB')
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
      const { configuredCommand } = await import('./configured.js');
      await configuredCommand('simulate', flags);
    });
}

/** `order-parameters compare` and its options. */
export function compare(): Command {
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
