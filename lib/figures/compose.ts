import * as Plot from '@observablehq/plot';
import { axisMarks, tickMarks } from './axes.js';
import { curveMarks, pointMarks } from './data.js';
import { draw } from './draw.js';
import { layOut, type PanelLayout } from './layout.js';
import { grow } from './place.js';
import { palette, strokeWidth } from './style.js';
import type { TextForm } from './text-form.js';
import { escape, setTexts } from './texts.js';
import type { Figure } from './types.js';
import { checkFigure } from './validate.js';
import { wordMarks } from './words.js';

/** a, b, …, z, aa, ab, … */
function letters(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

/** A name of its own for the clip of each panel: Plot counts them through the process, and figures may share a page. */
function clipName({ name, frame }: PanelLayout): string {
  return ['clip', name.replace(/\W/gu, ''), ...Object.values(frame).map(Math.round)].join('-');
}

/** The frame and half a line around it, so that a curve along the frame is drawn whole. */
function clipPath(layout: PanelLayout): string {
  const { left, top, right, bottom } = grow(layout.frame, strokeWidth.line / 2);
  const rect = `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}"/>`;
  return `<clipPath id="${clipName(layout)}">${rect}</clipPath>`;
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
  // Outlines need no font.
  const fonts = form === 'outlines' ? / (font-[a-z]+|text-anchor)="[^"]*"/gu : '';
  return picture.innerHTML
    .replace(fonts, '')
    .replace(/<style>[^]*<\/style>/u, '')
    .replace(/<clipPath.*?<\/clipPath>/u, clipPath(layout))
    .replace(/plot-clip-\d+/gu, clipName(layout))
    .replace(/\d+\.\d{3,}(?=[^<>]*>)/gu, (digits) => String(Number(Number(digits).toFixed(2))));
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
  const drawn = layOut(figure).map((layout, index) => {
    // A backslash before each letter: a tag is upright.
    const tag = panels.length > 1 ? `(${letters(index).replace(/./gu, '\\$&')})` : '';
    const place = `${(index % columns) * panelWidth} ${Math.floor(index / columns) * panelHeight}`;
    return `<g aria-label="${layout.name}" transform="translate(${place})">${drawPanel(layout, tag, form)}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}pt" height="${height}pt" viewBox="0 0 ${width} ${height}" role="img">`,
    ...(title === '' ? [] : [`<title>${escape(title)}</title>`]),
    `<desc>${escape(description(figure))}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}
