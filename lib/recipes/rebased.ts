import { isAbsolute, join, relative } from 'node:path';
import type { FigureRecipe } from './schema.js';

/** A file that a recipe in a folder names, from here. */
export function fileIn(folder: string, file: string): string {
  return isAbsolute(file) ? file : join(folder, file);
}

/** The same recipe for another folder: its results files are named from there. */
export function rebased(recipe: FigureRecipe, from: string, to: string): FigureRecipe {
  const curves = Object.entries(recipe.curves).map(([name, curve]) => [
    name,
    curve.kind === 'results' ? { ...curve, file: relative(to, fileIn(from, curve.file)) } : curve,
  ]);
  return { ...recipe, curves: Object.fromEntries(curves) as FigureRecipe['curves'] };
}
