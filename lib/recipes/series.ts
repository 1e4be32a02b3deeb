import { argumentError } from '../foundation/checks.js';
import type { Series } from '../figures/types.js';
import { fitPowerLaw } from '../numerics/power-law.js';
import type { CurveData, DataColumns } from './data-columns.js';
import type { Curve, RecipePanel } from './schema.js';

function column(columns: DataColumns, name: string, curve: string): readonly number[] {
  const values = columns[name];
  if (values === undefined)
    throw argumentError(`curve ${curve} has no ${name}; it has ${Object.keys(columns).join(', ')}`);
  return values;
}

/**
 * A line against an entry of its configuration must not hide that a value of it has several rows, as where two solutions
 * coexist; nor may a line through several points of a sweep go back to where it was.
 */
function requireOneRow(name: string, { kind }: Curve, x: string, { config, columns }: CurveData): void {
  const values = columns[x]!;
  const mayRepeat = kind === 'results' ? new Set(columns['point']).size <= 1 : !(x in config);
  const twice = mayRepeat ? undefined : values.find((value, i) => values.indexOf(value) < i);
  if (twice === undefined) return;
  const why =
    kind === 'results'
      ? 'of several points of a sweep; `where` says which to draw, and `rows: last` takes one row of each'
      : 'two solutions that coexist, or another entry with several values';
  throw argumentError(`curve ${name} has two rows at ${x} = ${twice}: ${why}`);
}

/** Simulated columns stand beside those of a theory, or alone. */
function simulatedColumn(columns: DataColumns, name: string): string {
  return `${name}Simulated` in columns ? `${name}Simulated` : name;
}

/** The intervals of a line with a marked end, or those without, as pieces with gaps between them; undefined if there are none. */
function piecesOf(line: Series, marked: readonly boolean[], wanted: boolean): Series | undefined {
  const [x, y]: [number[], number[]] = [[], []];
  let end = 0; // of the last interval
  for (let i = 1; i < marked.length; i++) {
    if ((marked[i - 1]! || marked[i]!) !== wanted) continue;
    if (x.length === 0 || end < i - 1) {
      if (x.length > 0) [x, y].forEach((values) => values.push(NaN));
      x.push(line.x[i - 1]!);
      y.push(line.y[i - 1]!);
    }
    x.push(line.x[i]!);
    y.push(line.y[i]!);
    end = i;
  }
  return x.length === 0 ? undefined : { ...line, x, y };
}

/** A line in two, the second dashed, where a column has one of some words. */
function dashedWhere(line: Series, words: readonly string[], dashed: readonly string[]): Series[] {
  const marked = words.map((word) => dashed.includes(word));
  const rest = piecesOf(line, marked, true);
  const pieces = [
    piecesOf(line, marked, false),
    rest && { ...rest, style: { ...rest.style, dash: 'dashed' as const } },
  ];
  return pieces.filter((piece) => piece !== undefined);
}

/** What was not measured has no error either; it is not drawn. */
function measuredErrors(values: readonly number[], errors: readonly number[]): number[] {
  return errors.map((error, i) => (Number.isNaN(values[i]) ? 0 : error));
}

/** What is drawn of a curve in one panel. */
export function seriesOf(name: string, curve: Curve, data: CurveData, { x, y }: RecipePanel): Series[] {
  const { color, dash, marker, label } = curve;
  const line = (labelled: string, along: readonly number[], up: readonly number[]): Series => ({
    label: labelled,
    kind: 'line',
    style: { color, dash },
    x: along,
    y: up,
  });
  const bandOf = (whole: Series): Series => ({
    ...whole,
    kind: 'band',
    style: { color },
    errors: measuredErrors(whole.y, column(data.columns, `${y.quantity}StandardError`, name)),
  });
  const points = (labelled: string, columns: DataColumns): Series => {
    const errors = columns[`${y.quantity}StandardError`];
    const up = column(columns, simulatedColumn(columns, y.quantity), name);
    return {
      label: labelled,
      kind: 'points',
      style: { color, marker },
      x: column(columns, x.quantity, name),
      y: up,
      ...(errors === undefined ? {} : { errors: measuredErrors(up, errors) }),
    };
  };
  // A formula has no quantities of its own; it goes with whatever its panel shows.
  if (curve.kind === 'formula') return [line(label, data.columns['x']!, data.columns['y']!)];
  const [along, up] = [column(data.columns, x.quantity, name), column(data.columns, y.quantity, name)];
  if (curve.fit !== undefined) {
    const law = fitPowerLaw(along, up);
    const shown = law === undefined ? '' : law.power.toFixed(2).replace('-', '−');
    const fitted = along.map((value) => (law === undefined ? NaN : law.amplitude * value ** law.power));
    const labelled = label.replace('{power}', shown);
    return [line(labelled, along, fitted), points(labelled, data.columns)];
  }
  if (curve.draw === 'points') return [points(label, data.columns)];
  requireOneRow(name, curve, x.quantity, data);
  const beside = data.points === undefined ? [] : [points(label, data.points.columns)];
  const whole = line(label, along, up);
  const { dashWhere } = curve;
  const lines =
    dashWhere === undefined ? [whole] : dashedWhere(whole, data.words![dashWhere.column]!, dashWhere.words);
  return [...(curve.band === true ? [bandOf(whole)] : []), ...lines, ...beside];
}
