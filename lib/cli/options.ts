import { Option, type Command } from 'commander';
import { numbersOf } from '../config/numbers.js';
import { UsageError } from './usage-error.js';

/** Options of a command as commander gives them: camelCase names, already converted values. */
export type Flags = Readonly<Record<string, unknown>>;

/** Options that say where and how to print, and are no part of a configuration. */
export interface OutputFlags {
  readonly format?: 'table' | 'json' | 'csv';
  readonly output?: string;
  readonly config?: string;
  readonly quiet?: boolean;
}

function numberOf(name: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || Number.isNaN(value))
      throw new UsageError(`--${name} must be a number; got ${text}`);
    return value;
  };
}

/** A number where the text is one, else the text itself: an expression. */
function rateOf(text: string): number | string {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

/** Numbers separated by commas. */
export function listOf(name: string): (text: string) => number[] {
  return (text) => text.split(',').map(numberOf(name));
}

/** Numbers separated by commas, or from:to:count. */
export function numbersOption(name: string): (text: string) => number[] {
  return (text) => numbersOf(name, text);
}

/** Named numbers, as gamma=0.5,overlap=0.1. */
export function initialOf(text: string): Record<string, number> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [name = '', value = '', ...more] = pair.split('=');
      if (more.length > 0 || name.trim() === '' || value === '') {
        throw new UsageError(`--initial must be like gamma=0.5,overlap=0.1,length=0.8; got ${text}`);
      }
      return [name.trim(), numberOf(`initial ${name.trim()}`)(value)];
    }),
  );
}

export const rules = ['sgd', 'weight-normalization', 'population-normalization', 'batch-normalization'];

/** Options of every command that takes a rule. */
export function addRuleOptions(command: Command): Command {
  return command
    .addOption(new Option('--rule <name>', 'learning rule').choices(rules))
    .option(
      '--activation <name>',
      'identity, relu, leaky-relu, erf, softplus, or an expression in z (default: identity)',
    )
    .option('--learning-rate <eta>', 'learning rate η: a number, or an expression in t', rateOf)
    .option('--gamma-learning-rate <eta>', 'learning rate of γ (default: that of the weights)', rateOf)
    .option('--gamma-decay <zeta>', 'strength ζ of gamma decay (default: 0)', numberOf('gamma-decay'))
    .option(
      '--batch-size <M>',
      'samples per step (default: 1; batch-normalization needs it)',
      numberOf('batch-size'),
    )
    .option('--noise-variance <S>', 'variance of the label noise (default: 0)', numberOf('noise-variance'));
}

/** Options of every command that starts somewhere and answers at times. */
export function addTimeOptions(command: Command): Command {
  return command
    .option(
      '--initial <values>',
      'order parameters at time 0, as gamma=0.5,overlap=0.1,length=0.8',
      initialOf,
    )
    .option('--until <T>', 'last time, in units of steps/N (default: the last of --times)', numberOf('until'))
    .option(
      '--points <n>',
      'equally spaced times from 0 to T, both included (default: 101)',
      numberOf('points'),
    )
    .option('--times <list>', 'exactly these times, as 1,2,5', listOf('times'))
    .option(
      '--length-bound <L>',
      'length above which a run counts as diverged (default: 1e6)',
      numberOf('length-bound'),
    );
}

/** Options of every command that prints something. */
export function addPrintOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--format <name>', 'how to print (default: table on a terminal, json otherwise)').choices([
        'table',
        'json',
        'csv',
      ]),
    )
    .option('--quiet', 'no progress bar');
}

/** Options of every command that prints a result of a configuration. */
export function addOutputOptions(command: Command): Command {
  return addPrintOptions(command)
    .option('--output <file>', 'write to a file; its extension, .json, .csv or .txt, sets the format')
    .option('--config <file>', 'YAML or JSON file with the same names in camelCase; options win');
}

/** Options with a number that only one command has. */
export function numberOption(command: Command, flags: string, description: string): Command {
  const name = /--([a-z-]+)/.exec(flags)![1]!;
  return command.option(flags, description, numberOf(name));
}

const outputNames: readonly string[] = ['format', 'output', 'config', 'quiet'];

/** The configuration: the file's entries, overridden by the options given. */
export async function mergedConfig(flags: Flags): Promise<Record<string, unknown>> {
  const given = Object.fromEntries(Object.entries(flags).filter(([name]) => !outputNames.includes(name)));
  const path = flags['config'];
  const fromFile = typeof path === 'string' ? await (await import('../config/load.js')).loadConfig(path) : {};
  const merged = { ...fromFile, ...given };
  // A list of times on the command line replaces points in the file, and the other way round.
  if ('times' in given && !('points' in given)) delete merged['points'];
  if ('points' in given && !('times' in given)) delete merged['times'];
  return merged;
}
