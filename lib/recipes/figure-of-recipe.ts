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
async function checkRecipe({ panels, curves }: FigureRecipe): Promise<void> {
  for (const panel of panels) {
    const stranger = panel.curves.find((name) => !(name in curves));
    if (stranger !== undefined)
      throw argumentError(`a panel asks for curve ${stranger}, which the recipe does not have`);
  }
  for (const [name, curve] of Object.entries(curves)) {
    await checkCurve(curve).catch((error: unknown) => {
      if (!isArgumentError(error)) throw error;
      throw argumentError(`curve ${name}: ${error.message}`, { cause: error });
    });
  }
}

/**
 * Runs all that a recipe asks for and puts it into panels.
 *
 * @param control its onProgress is called with the fraction of the curves done
 * @throws (as a rejection) RangeError or TypeError, one line, naming the curve or the entry that is wrong
 */
export async function figureOfRecipe(
  recipe: FigureRecipe,
  control: RunControl = {},
): Promise<FigureWithData> {
  await checkRecipe(recipe);
  const names = Object.keys(recipe.curves);
  const data: Record<string, CurveData> = {};
  for (const [index, name] of names.entries()) {
    data[name] = await curveData(recipe.curves[name]!, {
      ...control,
      onProgress: (fraction) => control.onProgress?.((index + fraction) / names.length),
    });
  }
  const panels = recipe.panels.map((panel): Panel => ({
    ...(panel.title === undefined ? {} : { title: panel.title }),
    x: axisOf(panel.x),
    y: axisOf(panel.y),
    series: panel.curves.flatMap((name) => seriesOf(name, recipe.curves[name]!, data[name]!, panel)),
    ...(panel.legend === undefined ? {} : { legend: panel.legend }),
  }));
  const { title, columns, panelWidth, panelHeight } = recipe;
  return { figure: { title, columns, panelWidth, panelHeight, panels }, data };
}
