import { Command } from 'commander';
import { addPrintOptions, numberOf } from './options.js';
import type { SweepFlags } from './sweep.js';
import type { WorkerFlags } from './worker.js';

// Commands are imported when they run, so that --help does not wait for solvers and schemas.

/** `order-parameters sweep` and its options. */
export function sweep(): Command {
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
    .action(async (flags: SweepFlags) => {
      const { sweepCommand } = await import('./sweep.js');
      await sweepCommand(flags);
    });
}

/** `order-parameters merge` and its options. */
export function merge(): Command {
  const command = new Command('merge')
    .description('put the results files of a sweep’s shards together')
    .argument('<files...>', 'results files')
    .option('--output <file>', 'results of the whole sweep, .jsonl');
  return addPrintOptions(command)
    .addHelpText(
      'after',
      `
Example:
  order-parameters merge shard-1.jsonl shard-2.jsonl --output sweep.jsonl`,
    )
    .action(async (files: string[], flags: SweepFlags) => {
      const { mergeCommand } = await import('./sweep.js');
      await mergeCommand(files, flags);
    });
}

/** `order-parameters worker` and its options. */
export function worker(): Command {
  return new Command('worker')
    .description('work on the points of sweeps that others hand over through Redis, until Ctrl-C')
    .option('--queue <url>', 'where they are, as redis://host:6379')
    .option('--workers <n>', 'threads (default: all cores)', numberOf('workers'))
    .addHelpText(
      'after',
      `
Example:
  order-parameters worker --queue redis://queue.example:6379`,
    )
    .action(async (flags: WorkerFlags) => {
      const { workerCommand } = await import('./worker.js');
      await workerCommand(flags);
    });
}
