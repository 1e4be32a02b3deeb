import type { Glyph } from 'fontkit';
import { fontOf, type Face } from './fonts.js';
import type { TextForm } from './text-form.js';
import type { Run } from './typeset.js';

/**
 * Text as outlines: each glyph that occurs is defined once, in the units of its font, and used wherever it stands at whatever size.
 *
 * Outlines, because an SVG is shown with the fonts of whoever looks at it: only so do letters, widths and Greek
 * stay what they are in print.
 */
export function glyphOutlines(): TextForm {
  const defined = new Map<string, { readonly id: string; readonly data: string }>();

  /** The id of a glyph, which is defined when it first occurs; y runs downward there. */
  function idOf(face: Face, { id: number, path }: Glyph): string {
    const key = `${face} ${number}`;
    const known = defined.get(key);
    if (known !== undefined) return known.id;
    const id = `g${defined.size}`;
    defined.set(key, { id, data: path.scale(1, -1).toSVG().replaceAll(' -', '-') });
    return id;
  }

  /** A word as a group in units of its font, so that places are whole numbers. */
  function writeRun({ text, face, size, x, y }: Run, left: number, base: number): string {
    const font = fontOf(face);
    const { glyphs, positions } = font.layout(text);
    let at = 0;
    const uses = glyphs.map((glyph, index) => {
      const { xOffset, yOffset, xAdvance } = positions[index]!;
      const place = Object.entries({ x: at + xOffset, y: -yOffset }).filter(([, value]) => value !== 0);
      at += xAdvance;
      const attributes = place.map(([name, value]) => ` ${name}="${value}"`).join('');
      return `<use xlink:href="#${idOf(face, glyph)}"${attributes}/>`;
    });
    const scale = Number((size / font.unitsPerEm).toPrecision(6));
    return `<g transform="translate(${left + x},${base + y}) scale(${scale})">${uses.join('')}</g>`;
  }

  return {
    write: ({ runs }, x, y, attributes) =>
      `<g ${attributes}>${runs.map((run) => writeRun(run, x, y)).join('')}</g>`,
    definitions: () =>
      [...defined.values()].map(({ id, data }) => `<path id="${id}" d="${data}"/>`).join('\n'),
  };
}
