import * as Plot from '@observablehq/plot';
import { rangeError } from '../foundation/checks.js';
import { fillOf, markerOf, strokeOf } from './data.js';
import { inPoints, textMark } from './draw.js';
import type { PanelLayout } from './layout.js';
import { grow, type Words } from './place.js';
import { palette, textSize } from './style.js';
import { typeset } from './typeset.js';
import type { Series } from './types.js';

const gap = 5;
const rowHeight = 11;
const inset = 7;
const bandSample = 6;

const corners = {
  'top-right': [1, 1],
  'top-left': [0, 1],
  'bottom-left': [0, 0],
  'bottom-right': [1, 0],
} as const;

/** Fractions of the free room, right and up: corners first, then a grid over the whole frame. */
const anywhere: readonly (readonly [number, number])[] = [
  ...Object.values(corners),
  ...Array.from({ length: 81 }, (_, index) => [(index % 9) / 8, Math.floor(index / 9) / 8] as const),
];

/** A row: a sample of the band and the line, the marker on it, the text in the series' colour. */
function rowMarks(
  label: string,
  series: readonly Series[],
  sample: number,
  left: number,
  middle: number,
): Plot.Markish[] {
  const y = inPoints(middle);
  const band = series.find(({ kind }) => kind === 'band');
  const line = series.find(({ kind }) => kind === 'line');
  const points = series.find(({ kind }) => kind === 'points');
  const ends = { x1: inPoints(left), x2: inPoints(left + sample) };
  const [y1, y2] = [inPoints(middle - bandSample / 2), inPoints(middle + bandSample / 2)];
  return [
    band && Plot.rect([0], { ...ends, y1, y2, ...fillOf(band.style) }),
    line && Plot.ruleY([0], { ...ends, y, ...strokeOf(line.style) }),
    points && Plot.dot([0], { x: inPoints(left + sample / 2), y, ...markerOf(points.style) }),
    textMark(label, {
      x: inPoints(left + sample + gap),
      // Centred on the sample by the height of a small letter and a capital, taken half way.
      y: inPoints(middle + 0.29 * textSize.legend),
      textAnchor: 'start',
      fontSize: textSize.legend,
      fontWeight: 'bold',
      fill: palette[series[0]!.style.color],
    }),
  ];
}

/**
 * The legend of a panel, one row for each label, without those written elsewhere.
 *
 * @returns a list of one; empty for `none` or when no series needs a row
 * @throws RangeError when it is larger than the frame
 */
export function legendOf(
  { panel, frame, name }: PanelLayout,
  written: readonly (string | undefined)[],
): Words[] {
  const { legend: place, series } = panel;
  const labels = [...new Set(series.map(({ label }) => label))].filter((label) => !written.includes(label));
  if (place === 'none' || labels.length === 0) return [];
  const rows = labels.map((label) => ({ label, own: series.filter((one) => one.label === label) }));
  const sample = rows.some(({ own }) => own.some(({ kind }) => kind !== 'points')) ? 16 : 6;
  const bold = { bold: true, name: `${name}.series` };
  const widths = labels.map((label) => typeset(label, textSize.legend, bold).width);
  const width = sample + gap + Math.max(...widths);
  const height = rowHeight * rows.length;
  const room = grow(frame, -inset);
  const [across, up] = [room.right - room.left - width, room.bottom - room.top - height];
  if (Math.min(across, up) < 0) {
    throw rangeError(`${name}.legend`, 'no larger than its frame', `${Math.ceil(width)} × ${height} points`);
  }
  const places = place === undefined ? anywhere : [typeof place === 'string' ? corners[place] : place];
  const boxes = places.map(([x, y]) => {
    const [left, top] = [room.left + x * across, room.top + (1 - y) * up];
    return { left, top, right: left + width, bottom: top + height };
  });
  const middle = (top: number, index: number): number => top + (index + 0.5) * rowHeight;
  return [
    {
      boxes,
      draw: ({ left, top }) =>
        rows.flatMap(({ label, own }, index) => rowMarks(label, own, sample, left, middle(top, index))),
    },
  ];
}
