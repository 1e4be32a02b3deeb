/** Columns of numbers by name, with the standard errors of those that have one. */
export interface DataColumns {
  readonly columns: Readonly<Record<string, readonly number[]>>;
  readonly errors?: Readonly<Record<string, readonly number[]>>;
}

/** What a curve of a recipe is drawn from, with the complete configurations that give it again. */
export interface CurveData {
  readonly config: unknown;
  readonly line: DataColumns;
  /** What is drawn as points: a simulation with its configuration, or measured gaps. */
  readonly marks?: { readonly config: unknown; readonly points: DataColumns };
  /** Fitted powers by quantity. */
  readonly powers?: Readonly<Record<string, number>>;
}
