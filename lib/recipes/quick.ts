import type { Curve, FigureRecipe } from './schema.js';

function quickened(curve: Curve): Curve {
  if (curve.kind === 'formula' || curve.points === undefined) return curve;
  const { points } = curve;
  const { runs } = points.config;
  if (typeof runs !== 'number') return curve;
  const fewer = Math.max(2, Math.ceil(runs / 4));
  return { ...curve, points: { ...points, config: { ...points.config, runs: fewer } } };
}

/** The same figure from a quarter of the runs of each simulation, at least two: larger error bars, less time. */
export function quickRecipe(recipe: FigureRecipe): FigureRecipe {
  const curves = Object.entries(recipe.curves).map(([name, curve]) => [name, quickened(curve)]);
  return { ...recipe, curves: Object.fromEntries(curves) as FigureRecipe['curves'] };
}
