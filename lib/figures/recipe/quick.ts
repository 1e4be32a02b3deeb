import type { FigureRecipe } from './schema.js';

/** The same figure from a quarter of the runs of each simulation, at least two: larger error bars, less time. */
export function quickRecipe(recipe: FigureRecipe): FigureRecipe {
  const curves = Object.entries(recipe.curves).map(([name, curve]) => {
    if (!('simulation' in curve) || curve.simulation === undefined) return [name, curve];
    const runs = Math.max(2, Math.ceil(curve.simulation.runs / 4));
    return [name, { ...curve, simulation: { ...curve.simulation, runs } }];
  });
  return { ...recipe, curves: Object.fromEntries(curves) as FigureRecipe['curves'] };
}
