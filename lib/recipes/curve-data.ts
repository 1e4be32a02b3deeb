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
import { numericColumns, withNames, wordColumn } from './columns.js';
import type { CurveData, CurveRows } from './data-columns.js';
import { resultsRows } from './results-rows.js';
import type { CommandCurve, Curve, FormulaCurve, ResultsCurve } from './schema.js';

/** Runs of one command: its configuration with each of several sets of parameters. */
interface Runs {
  readonly command: Command;
  readonly config: Record<string, unknown>;
  readonly grid: CommandCurve['grid'];
  readonly sets: readonly Parameters[];
  readonly dashWhere?: CommandCurve['dashWhere'];
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

async function resultsData(curve: ResultsCurve, folder: string): Promise<CurveData> {
  const { file, where, rows: which, label, columns, dashWhere } = curve;
  const { sweep, rows } = resultsRows(curve, folder);
  return {
    config: { file, where, rows: which, sweep },
    columns: await withNames(numericColumns(rows), columns, label),
    ...(dashWhere === undefined ? {} : { words: wordColumn(rows, dashWhere.column) }),
  };
}

/**
 * Checks the configurations of a curve, which are run later, and whether the rows of a results file are there.
 *
 * @param folder where the recipe lies, from which it names a results file; default the working directory
 * @throws (as a rejection) RangeError, one line, naming the entry that is wrong
 */
export async function checkCurve(curve: Curve, folder = ''): Promise<void> {
  if (curve.kind === 'formula') return;
  if (curve.band === true && (curve.draw === 'points' || curve.fit !== undefined))
    throw argumentError('`band` is for a line, not for points or a fit');
  if (curve.kind === 'results') resultsRows(curve, folder);
  else await runsOf(curve);
}

/**
 * Computes what a curve is drawn from, or reads it from a results file.
 *
 * @param folder where the recipe lies, from which it names a results file; default the working directory
 * @throws (as a rejection) RangeError or TypeError, one line, for a bad configuration or a run that fails
 */
export async function curveData(curve: Curve, control: RunControl, folder = ''): Promise<CurveData> {
  if (curve.kind === 'formula') return formulaData(curve);
  return curve.kind === 'results' ? resultsData(curve, folder) : commandData(curve, control);
}
