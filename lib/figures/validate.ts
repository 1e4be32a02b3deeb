import {
  integer,
  listOf,
  oneOf,
  rangeError,
  requireAnyNumber,
  requireBoolean,
  requireFinite,
  requireNonNegative,
  requirePositive,
  requireString,
  type Check,
} from '../foundation/checks.js';
import { optional, requireObject, requireOptions, shape, type OptionChecks } from '../foundation/options.js';
import { dashes, markers, palette } from './style.js';
import type { Axis, Figure, LegendPlace, Panel, Reference, Series, SeriesStyle } from './types.js';

function oneWordOf<Word extends string>(words: readonly Word[]): Check<Word> {
  return oneOf(words, `one of ${words.join(', ')}`);
}

function namesOf<Words extends object>(words: Words): (keyof Words & string)[] {
  return Object.keys(words) as (keyof Words & string)[];
}

const requirePair = listOf(requireFinite, '[low, high]');

function requireDomain(name: string, value: unknown): readonly [number, number] {
  const pair = requirePair(name, value);
  const [low, high] = pair;
  if (pair.length !== 2 || !(low! < high!))
    throw rangeError(name, '[low, high] with low < high', shown(pair));
  // Narrower ones would need tick labels of more than ten digits, wider ones overflow.
  const span = high! - low!;
  if (!Number.isFinite(span) || span < 1e-9 * Math.max(Math.abs(low!), Math.abs(high!)))
    throw rangeError(name, 'wider than 1e-9 of its ends and of finite width', shown(pair));
  return [low!, high!];
}

const shown = (numbers: readonly number[]): string => `[${numbers.join(', ')}]`;

const axisShape = shape<Axis>({
  label: requireString,
  scale: optional(oneWordOf(['linear', 'log'])),
  domain: optional(requireDomain),
});

function requireAxis(name: string, value: unknown): Axis {
  const axis = axisShape(name, value);
  const { scale, domain } = axis;
  if (scale === 'log' && domain !== undefined && domain[0] <= 0)
    throw rangeError(`${name}.domain`, 'positive on a log axis', shown(domain));
  return axis;
}

const requireNumbers = listOf(requireAnyNumber, 'a list of numbers');

const seriesShape = shape<Series>({
  label: requireString,
  kind: oneWordOf(['line', 'points', 'band']),
  style: shape<SeriesStyle>({
    color: oneWordOf(namesOf(palette)),
    dash: optional(oneWordOf(namesOf(dashes))),
    marker: optional(oneWordOf(namesOf(markers))),
  }),
  x: requireNumbers,
  y: requireNumbers,
  errors: optional(listOf(requireNonNegative, 'a list of numbers')),
  direct: optional(requireBoolean),
});

/** How errors name a series: by its label in place of its index. */
export function seriesName(place: string, label: unknown): string {
  return typeof label === 'string' ? place.replace(/\d+\]$/u, () => `${JSON.stringify(label)}]`) : place;
}

function requireSeries(place: string, value: unknown): Series {
  const name = seriesName(place, requireObject(place, value)['label']);
  const series = seriesShape(name, value);
  const { kind, x, y, errors = x } = series;
  const { length } = x;
  if (kind === 'band' && series.errors === undefined)
    throw rangeError(`${name}.errors`, 'given for a band', series.errors);
  if (length === 0) throw rangeError(`${name}.x`, 'a list with at least one number', length);
  for (const [list, values] of Object.entries({ y, errors })) {
    if (values.length !== length)
      throw rangeError(`${name}.${list}`, `as long as x, ${length} numbers`, values.length);
  }
  return series;
}

const referenceShape = shape<Reference>({
  axis: oneWordOf(['x', 'y']),
  value: requireFinite,
  label: optional(requireString),
});

const requireCorner = oneWordOf(['top-left', 'top-right', 'bottom-left', 'bottom-right', 'none']);

function requireLegend(name: string, value: unknown): LegendPlace {
  if (typeof value === 'string') return requireCorner(name, value);
  const allowed = 'a corner, none or [right, up] with numbers from 0 to 1';
  const [right, up, ...rest] = listOf(requireAnyNumber, allowed)(name, value);
  const inside = (fraction = NaN): boolean => fraction >= 0 && fraction <= 1;
  if (!inside(right) || !inside(up) || rest.length > 0)
    throw rangeError(name, allowed, shown(value as number[]));
  return [right!, up!];
}

const panelShape = shape<Panel>({
  title: optional(requireString),
  x: requireAxis,
  y: requireAxis,
  series: listOf(requireSeries),
  references: optional(listOf((name, value) => referenceShape(name, requireObject(name, value)))),
  legend: optional(requireLegend),
});

function requirePanel(name: string, value: unknown): Panel {
  const panel = panelShape(name, requireObject(name, value));
  panel.references?.forEach(({ axis, value: at }, index) => {
    if (panel[axis].scale === 'log' && at <= 0)
      throw rangeError(`${name}.references[${index}].value`, 'positive on a log axis', at);
  });
  return panel;
}

const figureChecks: OptionChecks<Figure> = {
  title: optional(requireString),
  columns: integer(1),
  panelWidth: requirePositive,
  panelHeight: requirePositive,
  panels: listOf(requirePanel),
};

/**
 * Checks everything in a figure that its types do not say, and what they say for callers without types.
 *
 * @throws RangeError or TypeError in one line naming the panel, the series and the value
 */
export function checkFigure(figure: Figure): void {
  const { panels } = requireOptions('figure', figure, figureChecks);
  if (panels.length === 0) throw rangeError('panels', 'a list with at least one panel', 0);
}
