/** The part of fontkit (which ships no types) that typesetting uses. */
declare module 'fontkit' {
  export interface Path {
    scale(x: number, y: number): Path;
    toSVG(): string;
  }
  export interface Glyph {
    readonly id: number;
    readonly path: Path;
  }
  export interface Font {
    readonly unitsPerEm: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    layout(text: string): {
      readonly glyphs: readonly Glyph[];
      readonly positions: readonly {
        readonly xAdvance: number;
        readonly xOffset: number;
        readonly yOffset: number;
      }[];
    };
  }
  export function openSync(path: string): Font;
}
