import type { Command } from '../config/command.js';

/** A command of the list, not yet loaded. */
export interface ListedCommand {
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** All commands, in the order of the help. A command is a line here and a file beside, which is loaded when it is needed. */
export const commands = [
  {
    name: 'dynamics',
    summary: 'solve the order-parameter equations of a learning rule',
    load: () => import('./dynamics.js'),
  },
  {
    name: 'learning-rates',
    summary:
      'find the fixed points of a rule, their eigenvalues, and its maximum and effective learning rate',
    load: () => import('./learning-rates.js'),
  },
  {
    name: 'simulate',
    summary: 'train students by Monte Carlo and measure their order parameters',
    load: () => import('./simulate.js'),
  },
  {
    name: 'compare',
    summary: 'set exact batch normalization beside population normalization with the published gamma decay',
    load: () => import('./compare.js'),
  },
  {
    name: 'generalization',
    summary: 'learning curves at large (P, N): ε, γ, R against the load α = P/N',
    load: () => import('./generalization.js'),
  },
  {
    name: 'regularization',
    summary:
      'batch normalization as regularization: the gamma decay ζ, its two parts, kurtosis and Fisher information',
    load: () => import('./regularization.js'),
  },
  {
    name: 'network',
    summary: 'train convolutional networks on images, with each way of normalization',
    load: () => import('./network.js'),
  },
] as const satisfies readonly ListedCommand[];

/** The name of a command. */
export type CommandName = (typeof commands)[number]['name'];
