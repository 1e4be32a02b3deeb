import type { Config } from '../config/result.js';

/** Columns of numbers by name; NaN where a row has none. */
export type DataColumns = Readonly<Record<string, readonly number[]>>;

/** Columns of words by name; empty where a row has none. */
export type WordColumns = Readonly<Record<string, readonly string[]>>;

/** The rows that a curve draws, with where they are from. */
export interface CurveRows {
  /** The complete configuration that gives them again; of a results file its name, what was asked of it, and its sweep. */
  readonly config: Config;
  /** How the last of them ended, in words. */
  readonly message?: unknown;
  readonly columns: DataColumns;
  /** The columns of words that the curve asks for. */
  readonly words?: WordColumns;
}

/** What a curve of a recipe is drawn from. */
export interface CurveData extends CurveRows {
  /** A second run, which is drawn as points. */
  readonly points?: CurveRows;
}
