import type { Line } from './typeset.js';

/** How text is written: as outlines that need no font, or as words in the fonts that a PDF embeds. */
export interface TextForm {
  /** An element of these attributes with a line whose base line starts at (x, y), in points. */
  write(line: Line, x: number, y: number, attributes: string): string;
  /** What the lines written so far refer to. */
  definitions(): string;
}
