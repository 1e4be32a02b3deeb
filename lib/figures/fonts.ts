import { createRequire } from 'node:module';
import { openSync, type Font } from 'fontkit';

/** The faces text is set in: upright words, italic variables, and the bold form of both. */
export type Face = 'upright' | 'italic' | 'bold' | 'boldItalic';

// The Computer Modern faces that KaTeX ships: files of a pinned dependency, so that no system font is ever asked for.
const names: Record<Face, string> = {
  upright: 'KaTeX_Main-Regular',
  italic: 'KaTeX_Math-Italic',
  bold: 'KaTeX_Main-Bold',
  boldItalic: 'KaTeX_Math-BoldItalic',
};

const { resolve } = createRequire(import.meta.url);
const opened = new Map<Face, Font>();

/** Path of the font file of a face. */
export function fontFile(face: Face): string {
  return resolve(`katex/dist/fonts/${names[face]}.ttf`);
}

/** The font of a face, read once. */
export function fontOf(face: Face): Font {
  let font = opened.get(face);
  if (font === undefined) {
    font = openSync(fontFile(face));
    opened.set(face, font);
  }
  return font;
}
