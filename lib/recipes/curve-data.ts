import { commandNamed } from '../commands/execute-config.js';
import { execute, type Command } from '../config/command.js';
import { combinations, withParameters, type Parameters } from '../config/grid.js';
import { parseConfig } from '../config/parse.js';
import { printedObject, rowsOf, type Config, type Row } from '../config/result.js';
import { mergedEntries } from '../config/times.js';
import { parseExpression } from '../expression/parse-expression.js';
import { argumentError } from '../foundation/checks.js';
import type { RunControl } from '../foundation/turns.js';
import { equallySpaced } from '../numerics/equally-spaced.js';
import type { CurveData, CurveRows, DataColumns, WordColumns } from './data-columns.js';
import type { ColumnRecipe, CommandCurve, Curve, FormulaCurve } from './schema.js';

/** Runs of one command: its configuration with each of several sets of parameters. */
interface Runs {
  readonly command: Command;
  readonly config: Record<string, unknown>;
  readonly grid: CommandCurve['grid'];
  readonly sets: readonly Parameters[];
  readonly dashWhere?: CommandCurve['dashWhere'];
}

/** Columns of numbers, in the order of the first row; those with words in them are left out. */
function numericColumns(rows: readonly Row[]): Record<string, number[]> {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = names.map((name) => [name, rows.map((row) => row[name])] as const);
  return Object.fromEntries(
    columns
      .filter(([, cells]) => cells.every((cell) => typeof cell !== 'string'))
      .map(([name, cells]) => [name, cells.map((cell) => (typeof cell === 'number' ? cell : NaN))]),
  );
}

function wordColumn(rows: readonly Row[], name: string): WordColumns {
  if (!rows.some((row) => typeof row[name] === 'string'))
    throw argumentError(
      `no column ${name} of words for dashWhere; there are ${Object.keys(rows[0] ?? {}).join(', ')}`,
    );
  return { [name]: rows.map((row) => String(row[name] ?? '')) };
}

/** A column as a curve asks for it; undefined where the table has none. */
async function madeColumn(
  columns: DataColumns,
  recipe: ColumnRecipe,
): Promise<readonly number[] | undefined> {
  if (typeof recipe === 'string') return columns[recipe];
  const { column, per, formula } = recipe;
  const [values, divisors] = [columns[column], per === undefined ? undefined : columns[per]];
  if (values === undefined || (per !== undefined && divisors === undefined)) return undefined;
  const ratios = divisors === undefined ? values : values.map((value, i) => value / divisors[i]!);
  if (formula === undefined) return ratios;
  const expression = await parseExpression(formula, 'x', 'formula');
  return ratios.map((value) => expression.value(value));
}

async function withNames(
  columns: DataColumns,
  names: CommandCurve['columns'],
  label: string,
): Promise<DataColumns> {
  const named: Record<string, readonly number[]> = { ...columns };
  for (const [name, recipe] of Object.entries(names)) {
    const made = await madeColumn(columns, recipe);
    if (made === undefined)
      throw argumentError(
        `curve ${label}: no ${JSON.stringify(recipe)} for ${name}; there are ${Object.keys(columns).join(', ')}`,
      );
    named[name] = made;
  }
  return named;
}

/** Runs a command at every point and puts the rows of its tables one after another. */
async function rowsOfRuns(
  { command, config, grid, sets, dashWhere }: Runs,
  { signal, onProgress }: RunControl,
  onFailure: (parameters: Parameters, message: string) => void,
): Promise<CurveRows> {
  const rows: Row[] = [];
  let [last, message]: [Config, unknown] = [config, undefined];
  for (const [index, parameters] of sets.entries()) {
    const { result, outcome } = await execute(command, withParameters(config, parameters), {
      signal,
      onProgress: (fraction) => onProgress?.((index + fraction) / sets.length),
    });
    if (outcome === 'failed') onFailure(parameters, String(result.entries['message']));
    const numbers = Object.entries(parameters).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    );
    rows.push(...rowsOf(printedObject(result)).map((row) => ({ ...Object.fromEntries(numbers), ...row })));
    last = result.config;
    ({ message } = result.entries);
  }
  return {
    config: sets.length === 1 ? last : { ...config, ...grid },
    message,
    columns: numericColumns(rows),
    ...(dashWhere === undefined ? {} : { words: wordColumn(rows, dashWhere.column) }),
  };
}

/** The runs of a curve's line, and of its points: the entries of the line that their command knows, with others. */
async function runsOf(curve: CommandCurve): Promise<{ line: Runs; points: Runs | undefined }> {
  const { kind, config, grid, points, dashWhere } = curve;
  const command = await commandNamed(kind);
  const line = { command, config, grid, sets: combinations([{}], grid), dashWhere };
  for (const set of line.sets) parseConfig(command.schema, withParameters(config, set));
  if (points === undefined) return { line, points };
  const other = await commandNamed(points.kind ?? kind);
  const common = Object.entries(config).filter(([name]) => name in other.schema.shape);
  const own = mergedEntries(Object.fromEntries(common), points.config);
  parseConfig(other.schema, own);
  return { line, points: { command: other, config: own, grid: {}, sets: [{}] } };
}

/** Where a run failed, as a message says it. */
function placeOf(parameters: Parameters): string {
  const places = Object.entries(parameters).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return places.length === 0 ? '' : ` at ${places.join(', ')}`;
}

/** Whether a curve draws what a simulation measured: one that fell short shows that, and the data say so. */
const measures = ({ draw, config }: CommandCurve): boolean => draw === 'points' && 'dimension' in config;

async function commandData(curve: CommandCurve, control: RunControl): Promise<CurveData> {
  const { label, columns: names } = curve;
  const { line, points } = await runsOf(curve);
  // Where points follow, the bar is theirs.
  const { columns, ...rows } = await rowsOfRuns(
    line,
    points === undefined ? control : { signal: control.signal },
    (parameters, why) => {
      if (measures(curve)) return;
      throw argumentError(`curve ${label}: ${why}${placeOf(parameters)}`);
    },
  );
  const drawn = { ...rows, columns: await withNames(columns, names, label) };
  if (points === undefined) return drawn;
  // As with curves that measure.
  return { ...drawn, points: await rowsOfRuns(points, control, () => undefined) };
}

const FORMULA_POINTS = 201;

async function formulaData(curve: FormulaCurve): Promise<CurveData> {
  const expression = await parseExpression(curve.formula, 'x', 'formula');
  const { from, to } = curve;
  const x = equallySpaced(from, to, FORMULA_POINTS);
  return { config: curve, columns: { x, y: x.map((value) => expression.value(value)) } };
}

/**
 * Checks the configurations of a curve, which are run later.
 *
 * @throws (as a rejection) RangeError, one line, naming the entry that is wrong
 */
export async function checkCurve(curve: Curve): Promise<void> {
  if (curve.kind !== 'formula') await runsOf(curve);
}

/**
 * Computes what a curve is drawn from.
 *
 * @throws (as a rejection) RangeError or TypeError, one line, for a bad configuration or a run that fails
 */
export async function curveData(curve: Curve, control: RunControl): Promise<CurveData> {
  return curve.kind === 'formula' ? formulaData(curve) : commandData(curve, control);
}
