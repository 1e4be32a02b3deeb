import type { Curve, FigureRecipe } from './schema.js';

function withFewerRuns<Config extends Record<string, unknown>>(config: Config): Config {
  const { runs } = config;
  return typeof runs === 'number' ? { ...config, runs: Math.max(2, Math.ceil(runs / 4)) } : config;
}

function quickened(curve: Curve): Curve {
  if (curve.kind === 'formula' || curve.kind === 'results') return curve;
  const { config, points } = curve;
  return {
    ...curve,
    config: withFewerRuns(config),
    ...(points === undefined ? {} : { points: { ...points, config: withFewerRuns(points.config) } }),
  };
}

/** The same figure from a quarter of the runs of each simulation, at least two: larger error bars, less time. */
export function quickRecipe(recipe: FigureRecipe): FigureRecipe {
  const curves = Object.entries(recipe.curves).map(([name, curve]) => [name, quickened(curve)]);
  return { ...recipe, curves: Object.fromEntries(curves) as FigureRecipe['curves'] };
}
