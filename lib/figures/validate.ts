import {
  rangeError,
  requireFinite,
  requireInteger,
  requireNonNegative,
  requirePositive,
} from '../foundation/checks.js';
import { dashes, markers, palette } from './style.js';
import type { Axis, Figure, LegendPlace, Panel, Reference, Series } from './types.js';

const corners = ['top-left', 'top-right', 'bottom-left', 'bottom-right', 'none'];

function requireOneOf(name: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value)) throw rangeError(name, `one of ${allowed.join(', ')}`, value);
}

function checkAxis(name: string, { scale = 'linear', domain }: Axis): void {
  requireOneOf(`${name}.scale`, scale, ['linear', 'log']);
  if (domain === undefined) return;
  const [low, high] = domain;
  requireFinite(`${name}.domain[0]`, low);
  requireFinite(`${name}.domain[1]`, high);
  if (scale === 'log' && low <= 0)
    throw rangeError(`${name}.domain`, 'positive on a log axis', `[${low}, ${high}]`);
  if (low >= high) throw rangeError(`${name}.domain`, '[low, high] with low < high', `[${low}, ${high}]`);
  // Narrower ones would need tick labels of more than ten digits, wider ones overflow.
  const span = high - low;
  if (!Number.isFinite(span) || span < 1e-9 * Math.max(Math.abs(low), Math.abs(high))) {
    throw rangeError(
      `${name}.domain`,
      'wider than 1e-9 of its ends and of finite width',
      `[${low}, ${high}]`,
    );
  }
}

function checkSeries(name: string, { kind, style, x, y, errors }: Series): void {
  requireOneOf(`${name}.kind`, kind, ['line', 'points']);
  requireOneOf(`${name}.style.color`, style.color, Object.keys(palette));
  if (style.dash !== undefined) requireOneOf(`${name}.style.dash`, style.dash, Object.keys(dashes));
  if (style.marker !== undefined) requireOneOf(`${name}.style.marker`, style.marker, Object.keys(markers));
  if (x.length === 0) throw rangeError(`${name}.x`, 'a list with at least one number', x.length);
  if (y.length !== x.length) throw rangeError(`${name}.y`, `as long as x, ${x.length} numbers`, y.length);
  if (errors === undefined) return;
  if (errors.length !== x.length)
    throw rangeError(`${name}.errors`, `as long as x, ${x.length} numbers`, errors.length);
  errors.forEach((error, index) => requireNonNegative(`${name}.errors[${index}]`, error));
}

function checkReference(name: string, { axis, value }: Reference, panel: Panel): void {
  requireOneOf(`${name}.axis`, axis, ['x', 'y']);
  requireFinite(`${name}.value`, value);
  if (panel[axis].scale === 'log' && value <= 0)
    throw rangeError(`${name}.value`, 'positive on a log axis', value);
}

function checkLegend(name: string, legend: LegendPlace): void {
  if (typeof legend === 'string') requireOneOf(name, legend, corners);
  else if (!legend.every((fraction) => fraction >= 0 && fraction <= 1)) {
    throw rangeError(
      name,
      'a corner, none or [right, up] with numbers from 0 to 1',
      `[${legend.join(', ')}]`,
    );
  }
}

/** How errors name a series: by its place and its label. */
export function seriesName(panel: number, label: string): string {
  return `panels[${panel}].series[${JSON.stringify(label)}]`;
}

/**
 * Checks everything in a figure that its types do not say.
 *
 * @throws RangeError (TypeError for a number of another type) in one line naming the panel, the series and the value
 */
export function checkFigure(figure: Figure): void {
  requireInteger('columns', figure.columns, 1);
  requirePositive('panelWidth', figure.panelWidth);
  requirePositive('panelHeight', figure.panelHeight);
  if (figure.panels.length === 0) throw rangeError('panels', 'a list with at least one panel', 0);
  figure.panels.forEach((panel, index) => {
    const name = `panels[${index}]`;
    checkAxis(`${name}.x`, panel.x);
    checkAxis(`${name}.y`, panel.y);
    panel.series.forEach((series) => {
      checkSeries(seriesName(index, series.label), series);
    });
    panel.references?.forEach((reference, at) => {
      checkReference(`${name}.references[${at}]`, reference, panel);
    });
    if (panel.legend !== undefined) checkLegend(`${name}.legend`, panel.legend);
  });
}
