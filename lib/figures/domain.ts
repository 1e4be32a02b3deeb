import { rangeError } from '../foundation/checks.js';
import type { Axis, Panel } from './types.js';

const margin = 0.04;

/** The two ends of an axis in data units, low < high. */
export type Domain = readonly [low: number, high: number];

/** Whether an axis can show a value at all. */
export function isDrawable({ scale }: Axis, value: number): boolean {
  return Number.isFinite(value) && (scale !== 'log' || value > 0);
}

/** The values that an axis without a domain must cover. */
function valuesOn(axis: 'x' | 'y', panel: Panel, isShown: (x: number) => boolean): number[] {
  const ofSeries = panel.series.flatMap(({ x, y, errors }) =>
    x.flatMap((at, index) => {
      const [value, error] = [y[index]!, errors?.[index] ?? 0];
      if (!isDrawable(panel.x, at) || !isDrawable(panel.y, value) || !isShown(at)) return [];
      return axis === 'x' ? [at] : [value - error, value, value + error];
    }),
  );
  const references = panel.references?.filter((reference) => reference.axis === axis) ?? [];
  const values = [...ofSeries, ...references.map(({ value }) => value)];
  return values.filter((value) => isDrawable(panel[axis], value));
}

/** Moves both ends out by 4 % of the width, at least to a width that ticks can divide, without crossing zero. */
function widen(low: number, high: number, scale: Axis['scale']): Domain {
  if (scale === 'log') {
    const ratio = high / low > 1.001 ? (high / low) ** margin : 2;
    return [low / ratio, high * ratio];
  }
  if (low === 0 && high === 0) return [-1, 1];
  const size = Math.max(Math.abs(low), Math.abs(high));
  const pad = high - low > 1e-6 * size ? margin * (high - low) : 0.1 * size;
  return [low >= 0 && low < pad ? 0 : low - pad, high <= 0 && high > -pad ? 0 : high + pad];
}

/**
 * The domain of one axis of a panel: the given one, or what covers the data that can be drawn.
 *
 * @param axis which axis
 * @param panel the panel
 * @param name its name in errors
 * @param isShown which x are inside the domain of x, so that y need not cover what is clipped away
 * @throws RangeError when the domain is left out and nothing can be drawn, or is too large to be written
 */
export function axisDomain(
  axis: 'x' | 'y',
  panel: Panel,
  name: string,
  isShown: (x: number) => boolean = () => true,
): Domain {
  const { domain, scale } = panel[axis];
  if (domain !== undefined) return domain;
  const values = valuesOn(axis, panel, isShown);
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const [from, to] = widen(low, high, scale);
  if (low <= high && Number.isFinite(to - from) && (scale !== 'log' || from > 0)) return [from, to];
  throw rangeError(
    `${name}.${axis}.domain`,
    `given when ${low > high ? 'no point can be drawn' : 'the data reach the limits of numbers'}`,
    low > high ? undefined : `${low} to ${high}`,
  );
}
