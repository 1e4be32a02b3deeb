import { argumentError } from '../../foundation/checks.js';
import type { RunControl } from '../../foundation/turns.js';
import type { Figure, Panel, Series } from '../types.js';
import { curveData } from './curve-data.js';
import type { CurveData, DataColumns } from './data-columns.js';
import type { Curve, FigureRecipe, RecipePanel } from './schema.js';

/** A figure with the data it shows. */
export interface FigureWithData {
  readonly figure: Figure;
  readonly data: Readonly<Record<string, CurveData>>;
}

function column({ columns }: DataColumns, name: string, curve: string): readonly number[] {
  const values = columns[name];
  if (values === undefined) {
    throw argumentError(`curve ${curve} has no ${name}; it has ${Object.keys(columns).join(', ')}`);
  }
  return values;
}

function seriesOf(name: string, curve: Curve, data: CurveData, { x, y }: RecipePanel): Series[] {
  const { color, dash = 'solid', marker = 'circle' } = curve;
  const power = data.powers?.[y.quantity];
  const label = curve.label.replace('{power}', power === undefined ? '' : power.toFixed(2).replace('-', '−'));
  // A formula has no quantities of its own; it goes with whatever its panel shows.
  const [along, up] = curve.kind === 'formula' ? ['x', 'y'] : [x.quantity, y.quantity];
  const line: Series = {
    label,
    kind: 'line',
    style: { color, dash },
    x: column(data.line, along, name),
    y: column(data.line, up, name),
  };
  if (data.marks === undefined) return [line];
  const { points } = data.marks;
  const lines = curve.kind === 'generalization' && curve.show === 'optimum' ? [] : [line];
  const errors = points.errors?.[y.quantity];
  return [
    ...lines,
    {
      label,
      kind: 'points',
      style: { color, marker },
      x: column(points, x.quantity, name),
      y: column(points, y.quantity, name),
      ...(errors === undefined ? {} : { errors }),
    },
  ];
}

function axisOf({ label, scale, domain }: RecipePanel['x']): Panel['x'] {
  return { label, ...(scale === undefined ? {} : { scale }), ...(domain === undefined ? {} : { domain }) };
}

/**
 * Runs all that a recipe asks for and puts it into panels.
 *
 * @param onProgress of the control is called with the fraction of the curves done
 * @throws (as a rejection) RangeError or TypeError, one line, naming the curve or the entry that is wrong
 */
export async function figureOfRecipe(
  recipe: FigureRecipe,
  control: RunControl = {},
): Promise<FigureWithData> {
  for (const panel of recipe.panels) {
    const stranger = panel.curves.find((name) => !(name in recipe.curves));
    if (stranger !== undefined)
      throw argumentError(`a panel asks for curve ${stranger}, which the recipe does not have`);
  }
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
