import { Command } from 'commander';
import type { FigureFlags } from './figure.js';
import { addPrintOptions, example, numberOf, type OutputFlags } from './options.js';
import type { SweepFlags, WorkerFlags } from './sweep.js';

// What they do is imported when they run, so that --help does not wait for solvers and schemas.

/** `order-parameters sweep` and its options. */
function sweep(): Command {
  return addPrintOptions(
    new Command('sweep')
      .description('run a command at many points, on all cores, with results that survive a crash')
      .option('--config <file>', 'YAML or JSON: command, config, and a grid or list of parameters')
      .option('--output <file>', 'results, a line of JSON a point (default: the config file as .jsonl)')
      .option('--resume', 'go on with the results file of a sweep that was cut short')
      .option('--force', 'run points, or all of them, though they are estimated to take more than 30 days')
      .option('--shard <k/n>', 'only every n-th point, from the k-th on, for array jobs; see merge')
      .option(
        '--queue <url>',
        'hand the points to workers on other machines through Redis, as redis://host:6379',
      )
      .option('--workers <n>', 'threads on this machine (default: all cores)', numberOf('workers')),
  )
    .addHelpText(
      'after',
      `
Example of a file sweep.yaml:
  command: learning-rates
  config: { rule: weight-normalization, activation: relu, learningRate: 1 }
  grid:
    gammaDecay: [0, 0.1, 0.2]
    noiseVariance: 0:0.5:6

  order-parameters sweep --config sweep.yaml --format csv`,
    )
    .action(async (flags: SweepFlags) => (await import('./sweep.js')).sweepCommand(flags));
}

/** `order-parameters merge` and its options. */
function merge(): Command {
  const command = new Command('merge')
    .description('put the results files of a sweep’s shards together')
    .argument('<files...>', 'results files')
    .option('--output <file>', 'results of the whole sweep, .jsonl');
  return addPrintOptions(command)
    .addHelpText('after', example('order-parameters merge shard-1.jsonl shard-2.jsonl --output sweep.jsonl'))
    .action(async (files: string[], flags: OutputFlags) =>
      (await import('./sweep.js')).mergeCommand(files, flags),
    );
}

/** `order-parameters worker` and its options. */
function worker(): Command {
  return new Command('worker')
    .description('work on the points of sweeps that others hand over through Redis, until Ctrl-C')
    .option('--queue <url>', 'where they are, as redis://host:6379')
    .option('--workers <n>', 'threads (default: all cores)', numberOf('workers'))
    .addHelpText('after', example('order-parameters worker --queue redis://queue.example:6379'))
    .action(async (flags: WorkerFlags) => (await import('./sweep.js')).workerCommand(flags));
}

/** `order-parameters figure` and its options. */
function figure(): Command {
  return new Command('figure')
    .description('make a figure from its recipe, with its data as JSON beside it')
    .argument(
      '[name]',
      'a figure that comes with the package: dynamics, learning-rates, batch-normalization, batch-size, learning-rate-scan, stationary-states, generalization, linear-teacher, best-regularization, networks, network-methods, network-mimicry, network-statistics, network-batch-size, network-course',
    )
    .option('--config <file>', 'a recipe of your own, YAML or JSON')
    .requiredOption('--output <files>', 'where to write: .svg, .pdf or .png, several separated by commas')
    .option('--quick', 'a quarter of the runs of each simulation')
    .option('--quiet', 'no progress bar')
    .addHelpText(
      'after',
      example('order-parameters figure learning-rates --output learning-rates.svg,learning-rates.pdf'),
    )
    .action(async (name: string | undefined, flags: FigureFlags) =>
      (await import('./figure.js')).figureCommand(name, flags),
    );
}

/** `order-parameters schema` and its options. */
function schema(): Command {
  return new Command('schema')
    .description('print the JSON Schema of a configuration, with which editors complete and check files')
    .argument('[name]', 'a command, sweep or figure; without it they are listed')
    .option('--output <file>', 'write to a file')
    .addHelpText(
      'after',
      example(`order-parameters schema dynamics --output dynamics.schema.json

  and as the first line of a YAML file:
  # yaml-language-server: $schema=dynamics.schema.json`),
    )
    .action(async (name: string | undefined, flags: OutputFlags) =>
      (await import('./schema.js')).schemaCommand(name, flags),
    );
}

/** The commands that do more than run one configuration. */
export const moreCommands = (): Command[] => [sweep(), merge(), worker(), figure(), schema()];
