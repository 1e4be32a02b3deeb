import type { Font } from 'fontkit';
import { rangeError } from '../foundation/checks.js';
import { fontOf, type Face } from './fonts.js';
import { parseLabel, type Span } from './markup.js';

/** A word in one face and size, `x` to the right of and `y` below the start of its line, in points. */
export interface Run {
  readonly text: string;
  readonly face: Face;
  readonly size: number;
  readonly x: number;
  readonly y: number;
}

/** A line of text with its extent in points: `ascent` above and `descent` below the base line. */
export interface Line {
  /** The markup it came from. */
  readonly source: string;
  readonly runs: readonly Run[];
  readonly width: number;
  readonly ascent: number;
  readonly descent: number;
}

// In units of the size: Computer Modern's heights, its word space a little tightened, and the usual place of scripts.
const capitalHeight = 0.69;
const depth = 0.2;
const wordSpace = 0.3;
const scriptSize = 0.7;
const shift = { '-1': -0.16, '0': 0, '1': 0.4 } as const;
const italicCorrection = 0.05;

function faceOf(span: Span, bold: boolean): Face {
  if (bold) return span.italic ? 'boldItalic' : 'bold';
  return span.italic ? 'italic' : 'upright';
}

/** Throws if the font has no glyph for a character: a box or a stray font in its place would spoil the figure. */
function requireGlyphs(font: Font, word: string, name: string, source: string): void {
  for (const character of word) {
    if (!font.hasGlyphForCodePoint(character.codePointAt(0)!)) {
      throw rangeError(
        name,
        `text that the figure's fonts have, which do not have ${JSON.stringify(character)}`,
        source,
      );
    }
  }
}

/**
 * Sets a label as one line.
 *
 * @param source markup, see {@link parseLabel}
 * @param size in points
 * @param options `bold` for the bold faces; `name` is the argument it came from, for the error
 * @throws RangeError for bad markup or a character that the fonts do not have
 */
export function typeset(source: string, size: number, options: { bold?: boolean; name?: string } = {}): Line {
  const { bold = false, name = 'label' } = options;
  const runs: Run[] = [];
  let x = 0;
  let ascent = capitalHeight * size;
  let descent = depth * size;
  let previous: Span | undefined;
  for (const span of parseLabel(source, name)) {
    const face = faceOf(span, bold);
    const font = fontOf(face);
    const spanSize = span.level === 0 ? size : scriptSize * size;
    const y = -shift[`${span.level}`] * size;
    if (span.level === 1 && previous?.italic === true) x += italicCorrection * size;
    for (const word of span.text.split(/(\s)/u)) {
      if (word === '') continue;
      if (/^\s$/u.test(word)) {
        x += wordSpace * spanSize;
        continue;
      }
      requireGlyphs(font, word, name, source);
      runs.push({ text: word, face, size: spanSize, x, y });
      x += advance(font, word) * spanSize;
      ascent = Math.max(ascent, capitalHeight * spanSize - y);
      descent = Math.max(descent, depth * spanSize + y);
    }
    previous = span;
  }
  return { source, runs, width: x, ascent, descent };
}

/** Width of a word in units of its size. */
function advance(font: Font, word: string): number {
  return font.layout(word).positions.reduce((sum, position) => sum + position.xAdvance, 0) / font.unitsPerEm;
}
