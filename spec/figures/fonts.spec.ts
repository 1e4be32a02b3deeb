import { readFileSync } from 'node:fs';
import { fontFile, fontOf, type Face } from '../../lib/figures/fonts.js';

describe('fontFile', () => {
  it('is a TrueType file of a dependency for every face', () => {
    for (const face of ['upright', 'italic', 'bold', 'boldItalic'] satisfies Face[]) {
      expect(fontFile(face)).toMatch(/node_modules.*\.ttf$/u);
      // The version tag of TrueType outlines.
      expect(readFileSync(fontFile(face)).readUInt32BE(0)).toBe(0x00010000);
    }
  });
});

describe('fontOf', () => {
  it('has the letters of the theory in the face that labels use for them', () => {
    const has = (face: Face, text: string): boolean =>
      Array.from(text).every((character) => fontOf(face).hasGlyphForCodePoint(character.codePointAt(0)!));
    expect(has('italic', 'αγδεζηθκλμρσφ')).toBe(true);
    expect(has('boldItalic', 'αγδεζηθκλμρσφNMRLS')).toBe(true);
    expect(has('upright', '0123456789−×⟨⟩∞≤≥≈√∂∗∥⋅–(),.=+/|')).toBe(true);
    expect(has('bold', '0123456789−×=+/(),.abcXYZ')).toBe(true);
  });

  it('reads a file once', () => {
    expect(fontOf('italic')).toBe(fontOf('italic'));
  });
});
