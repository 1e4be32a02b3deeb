import * as Plot from '@observablehq/plot';
import { rangeError } from '../foundation/checks.js';
import { textMark } from './draw.js';
import type { AxisLayout, PanelLayout } from './layout.js';
import { palette, strokeWidth, textSize, tickLength } from './style.js';
import { typeset } from './typeset.js';

const black = palette.black;
const edge = 1.5;

/** Ticks on all four sides of the frame, minor ones first. */
export function tickMarks({ x, y }: PanelLayout): Plot.Markish[] {
  return (['minor', 'major'] as const).flatMap((kind) => {
    const of = ({ ticks }: AxisLayout): Plot.AxisOptions => ({
      ticks: kind === 'minor' ? ticks.minor : ticks.values,
      tickSize: tickLength[kind],
      stroke: black,
      strokeWidth: strokeWidth[kind],
      fill: 'none',
    });
    return [
      Plot.axisX({ ...of(x), anchor: 'bottom' }),
      Plot.axisX({ ...of(x), anchor: 'top' }),
      Plot.axisY({ ...of(y), anchor: 'left' }),
      Plot.axisY({ ...of(y), anchor: 'right' }),
    ];
  });
}

/** Throws a RangeError if a label is longer than there is room. */
function requireRoom(label: string, room: number, name: string): void {
  const { width } = typeset(label, textSize.label, { name });
  if (width <= room) return;
  throw rangeError(name, `at most ${Math.floor(room)} points long, and it is ${Math.ceil(width)}`, label);
}

/** A line of text from a side or a corner of the frame. */
function besideFrame(label: string, frameAnchor: Plot.FrameAnchor, options: Plot.TextOptions): Plot.Markish {
  return textMark(label, { frameAnchor, fill: black, fontSize: textSize.label, ...options });
}

/**
 * The words around the frame: tick labels, axis labels, and above it the tag and the title.
 *
 * @param layout the panel
 * @param tag `(a)`, `(b)`, …; empty when the figure has one panel
 * @throws RangeError for an axis label or a title longer than there is room
 */
export function axisMarks(
  { panel, name, width, height, frame, x, y }: PanelLayout,
  tag: string,
): Plot.Markish[] {
  const ticks = { fill: black, stroke: 'none', fontSize: textSize.tick, tickSize: 0, label: null };
  const { title = '' } = panel;
  const [middle, centre] = [(frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2];
  const start = tag === '' ? 0 : typeset(tag, textSize.tag, { bold: true }).width + 5;
  // Labels stay in the middle of the frame, so the nearer edge of the panel, or a factor, limits them.
  const last = x.ticks.factor === '' ? width - edge : frame.right - x.ticks.width - 8;
  requireRoom(panel.x.label, 2 * Math.min(middle - edge, last - middle), `${name}.x.label`);
  requireRoom(panel.y.label, 2 * (Math.min(centre, height - centre) - edge), `${name}.y.label`);
  requireRoom(title, width - edge - frame.left - start, `${name}.title`);
  const below = height - 4 - frame.bottom;
  const small = { fontSize: textSize.tick };
  return [
    Plot.axisX(x.ticks.values, { ...ticks, text: x.ticks.labels, tickPadding: 4.6 }),
    Plot.axisY(y.ticks.values, { ...ticks, text: y.ticks.labels, tickPadding: 4 }),
    besideFrame(x.ticks.factor, 'bottom-right', { ...small, dy: below }),
    besideFrame(y.ticks.factor, 'top-left', { ...small, textAnchor: 'end', dx: -4, dy: -6 }),
    besideFrame(panel.x.label, 'bottom', { dy: below }),
    besideFrame(panel.y.label, 'left', { textAnchor: 'middle', rotate: -90, dx: edge + 6.5 - frame.left }),
    besideFrame(tag, 'top-left', { fontSize: textSize.tag, fontWeight: 'bold', dy: -4.5 }),
    besideFrame(title, 'top-left', { dx: start, dy: -4.5 }),
  ];
}
