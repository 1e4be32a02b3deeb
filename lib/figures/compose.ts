import * as Plot from '@observablehq/plot';
import { axisMarks, tickMarks } from './axes.js';
import { curveMarks, pointMarks } from './data.js';
import { draw } from './draw.js';
import { layOut, type PanelLayout } from './layout.js';
import { grow } from './place.js';
import { palette, strokeWidth } from './style.js';
import type { TextForm } from './text-form.js';
import { escape, setTexts } from './texts.js';
import { tidy, withOwnIds } from './tidy.js';
import type { Figure } from './types.js';
import { checkFigure } from './validate.js';
import { wordMarks } from './words.js';

/** a, b, …, z, aa, ab, … */
function letters(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

/** The frame and half a line around it, so that a curve along the frame is drawn whole; all panels have one frame. */
function clipPath({ frame }: PanelLayout): string {
  const { left, top, right, bottom } = grow(frame, strokeWidth.line / 2);
  const [x, y, width, height] = [left, top, right - left, bottom - top].map((side) => side.toFixed(2));
  return `<clipPath id="clip"><rect x="${x}" y="${y}" width="${width}" height="${height}"/></clipPath>`;
}

/** Draws one panel by Plot and returns its elements. */
function drawPanel(layout: PanelLayout, tag: string, form: TextForm): string {
  const { width, height, frame, x, y } = layout;
  const picture = draw({
    width,
    height,
    marginLeft: frame.left,
    marginTop: frame.top,
    marginRight: width - frame.right,
    marginBottom: height - frame.bottom,
    x: x.scale,
    y: y.scale,
    marks: [
      ...tickMarks(layout),
      ...curveMarks(layout),
      Plot.frame({ stroke: palette.black, strokeWidth: strokeWidth.frame }),
      ...pointMarks(layout),
      ...wordMarks(layout),
      ...axisMarks(layout, tag),
    ],
  });
  setTexts(picture, form);
  return tidy(picture.innerHTML, 'clip');
}

/** One sentence for each panel: what is plotted against what. */
function description({ panels }: Figure): string {
  return panels
    .map(({ x, y, series }) => {
      const labels = [...new Set(series.map(({ label }) => label))].join(', ');
      return `${y.label} against ${x.label}${labels === '' ? '' : `: ${labels}`}.`;
    })
    .join(' ');
}

/** Draws a figure as SVG with its text in either form. Throws as `renderSvg` does. */
export function drawFigure(figure: Figure, form: TextForm): string {
  checkFigure(figure);
  const { columns, panelWidth, panelHeight, panels, title = '' } = figure;
  const width = Math.min(columns, panels.length) * panelWidth;
  const height = Math.ceil(panels.length / columns) * panelHeight;
  const layouts = layOut(figure);
  const drawn = layouts.map((layout, index) => {
    // A backslash before each letter: a tag is upright.
    const tag = panels.length > 1 ? `(${letters(index).replace(/./gu, '\\$&')})` : '';
    const place = `${(index % columns) * panelWidth} ${Math.floor(index / columns) * panelHeight}`;
    return `<g aria-label="${layout.name}" transform="translate(${place})">${drawPanel(layout, tag, form)}</g>`;
  });
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}pt" height="${height}pt" viewBox="0 0 ${width} ${height}" role="img">`,
    ...(title === '' ? [] : [`<title>${escape(title)}</title>`]),
    `<desc>${escape(description(figure))}</desc>`,
    `<defs>${clipPath(layouts[0]!)}`,
    `${form.definitions()}</defs>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
  return withOwnIds(svg);
}
