/** How long to measure. */
export type Mode = 'full' | 'quick';

/** Two pieces of work that are timed alternately. The ratio is the time of the first over that of the second, times `scale`. */
export interface Work {
  readonly first: () => unknown;
  readonly second: () => unknown;
  /** How many times over the second does what is named; default 1. */
  readonly scale?: number;
  readonly close?: () => void;
}

/** A benchmark: what it says of itself, and how its work is made ready in a fresh process. */
export interface Benchmark {
  readonly name: string;
  /** First over second. Where the yardstick is code of the package itself, "(ours)" says so. */
  readonly ratio: string;
  /** Everything else that the ratio depends on. Results of different problems are not compared. */
  readonly problem: string;
  /** Which ratio means that the piece measured is fast. */
  readonly better: 'smaller' | 'larger';
  /** Work on one thread is timed by the processor's clock, which stands still while other processes run. */
  readonly clock: 'processor' | 'wall';
  /** Pairs timed in each process; 0: left out. */
  readonly pairs: Readonly<Record<Mode, number>>;
  /** Pairs made before, untimed, until the compiler has settled. */
  readonly warmUp: number;
  /** Why it cannot be run on this machine, where it cannot. */
  readonly obstacle?: string;
  readonly prepare: () => Work | Promise<Work>;
}
