import type { RunControl } from '../foundation/turns.js';
import type { Figure, Panel } from '../figures/types.js';
import { argumentError, isArgumentError } from '../foundation/checks.js';
import { checkCurve, curveData } from './curve-data.js';
import type { CurveData } from './data-columns.js';
import type { FigureRecipe, RecipePanel } from './schema.js';
import { seriesOf } from './series.js';

/** A figure with the data it shows. */
export interface FigureWithData {
  readonly figure: Figure;
  readonly data: Readonly<Record<string, CurveData>>;
}

function axisOf({ label, scale, domain }: RecipePanel['x']): Panel['x'] {
  return { label, ...(scale === undefined ? {} : { scale }), ...(domain === undefined ? {} : { domain }) };
}

/** Checks what can be checked before anything is run, which may take minutes. */
async function checkRecipe({ panels, curves }: FigureRecipe, folder: string): Promise<void> {
  for (const panel of panels) {
    const stranger = panel.curves.find((name) => !(name in curves));
    if (stranger !== undefined)
      throw argumentError(`a panel asks for curve ${stranger}, which the recipe does not have`);
  }
  for (const [name, curve] of Object.entries(curves)) {
    await checkCurve(curve, folder).catch((error: unknown) => {
      if (!isArgumentError(error)) throw error;
      throw argumentError(`curve ${name}: ${error.message}`, { cause: error });
    });
  }
}

/** Of the data of a results file, which stay there, what panels show and what the curve names. */
function shownOf(name: string, { curves, panels }: FigureRecipe, data: CurveData): CurveData {
  const curve = curves[name]!;
  if (curve.kind !== 'results') return data;
  const quantities = panels
    .filter((panel) => panel.curves.includes(name))
    .flatMap(({ x, y }) => [x.quantity, y.quantity, `${y.quantity}StandardError`]);
  const kept = new Set([...quantities, ...Object.keys(curve.columns)]);
  const columns = Object.entries(data.columns).filter(([column]) => kept.has(column));
  return { ...data, columns: Object.fromEntries(columns) };
}

/**
 * Runs all that a recipe asks for and puts it into panels.
 *
 * @param control its onProgress is called with the fraction of the curves done
 * @param folder where the recipe lies, from which it names results files; default the working directory
 * @throws (as a rejection) RangeError or TypeError, one line, naming the curve or the entry that is wrong
 */
export async function figureOfRecipe(
  recipe: FigureRecipe,
  control: RunControl = {},
  folder = '',
): Promise<FigureWithData> {
  await checkRecipe(recipe, folder);
  const names = Object.keys(recipe.curves);
  const data: Record<string, CurveData> = {};
  for (const [index, name] of names.entries()) {
    const onProgress = (fraction: number): void => control.onProgress?.((index + fraction) / names.length);
    data[name] = await curveData(recipe.curves[name]!, { ...control, onProgress }, folder);
  }
  const panels = recipe.panels.map((panel): Panel => ({
    ...(panel.title === undefined ? {} : { title: panel.title }),
    x: axisOf(panel.x),
    y: axisOf(panel.y),
    series: panel.curves.flatMap((name) => seriesOf(name, recipe.curves[name]!, data[name]!, panel)),
    ...(panel.legend === undefined ? {} : { legend: panel.legend }),
  }));
  const { title, columns, panelWidth, panelHeight } = recipe;
  const shown = names.map((name) => [name, shownOf(name, recipe, data[name]!)] as const);
  return { figure: { title, columns, panelWidth, panelHeight, panels }, data: Object.fromEntries(shown) };
}
