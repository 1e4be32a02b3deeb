import { Resvg } from '@resvg/resvg-js';
import { drawFigure } from '../../lib/figures/compose.js';
import { fontText } from '../../lib/figures/font-text.js';
import { fontFile, type Face } from '../../lib/figures/fonts.js';
import { glyphOutlines } from '../../lib/figures/glyphs.js';
import { renderSvg, type Figure } from '../../lib/figures/index.js';
import { typeset } from '../../lib/figures/typeset.js';
import { inkOf, learningCurves, parse, plain, type Node } from './reading.js';

/** A document with one label. */
function written(label: string, size = 8, x = 0, y = 0): Node {
  const form = glyphOutlines();
  const text = form.write(typeset(label, size), x, y, 'aria-label="label"');
  return parse(
    `<svg xmlns:xlink="http://www.w3.org/1999/xlink"><defs>${form.definitions()}</defs>${text}</svg>`,
  );
}

/** Ink of that label, in points. */
function ink(...of: Parameters<typeof written>): ReturnType<typeof inkOf> {
  const [label] = written(...of).querySelectorAll('[aria-label="label"]');
  return inkOf(label);
}

describe('glyphs of a label', () => {
  it('are as high as in Computer Modern and as wide as the line', () => {
    const size = 8;
    const { xs, ys } = ink('HH', size);
    const { width } = typeset('HH', size);
    // Height of a capital: 0.683 em.
    expect(-Math.min(...ys)).toBeCloseTo(0.683 * size, 10);
    expect(Math.max(...ys)).toBeCloseTo(0, 10);
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(0);
    // The side bearings of H are 0.025 em or less.
    expect(Math.max(...xs)).toBeLessThanOrEqual(width);
    expect(Math.max(...xs)).toBeGreaterThan(width - 0.05 * size);
  });

  it('start where they are told', () => {
    const [here, there] = [ink('R_2', 8), ink('R_2', 8, 30, -20)];
    expect(there.xs.length).toBe(here.xs.length);
    here.xs.forEach((x, at) => {
      expect(there.xs[at]).toBeCloseTo(x + 30, 10);
      expect(there.ys[at]).toBeCloseTo(here.ys[at] - 20, 10);
    });
  });

  it('have one contour for each part of a letter, closed', () => {
    // o has two contours, i has two in Computer Modern, l has one.
    const contours = [...written('oil').querySelectorAll('defs path')].map((path) =>
      ['M', 'Z'].map((letter) => path.getAttribute('d')!.split(letter).length - 1),
    );
    expect(contours).toEqual([
      [2, 2],
      [2, 2],
      [1, 1],
    ]);
  });

  it('are defined once whatever their sizes, and for each face apart', () => {
    const root = written('R 11 1^{11} R\\R');
    expect([...root.querySelectorAll('use')].length).toBe(8);
    // Italic R, 1, upright R.
    expect([...root.querySelectorAll('defs path')].length).toBe(3);
  });

  it('are none for empty text', () => {
    expect([...written('').querySelectorAll('use, path')]).toEqual([]);
    expect(typeset('', 8).width).toBe(0);
  });
});

describe('glyphs of a figure', () => {
  // The faces by the names in their fonts, in the words of SVG.
  const looks: Record<Face, string> = {
    upright: 'font-family="KaTeX_Main"',
    italic: 'font-family="KaTeX_Math" font-style="italic"',
    bold: 'font-family="KaTeX_Main" font-weight="bold"',
    boldItalic: 'font-family="KaTeX_Math" font-weight="bold" font-style="italic"',
  };
  const pixelsOf = (svg: string, fontFiles: string[]): Uint8Array =>
    new Resvg(svg, {
      fitTo: { mode: 'zoom', value: 2 },
      font: { loadSystemFonts: false, fontFiles },
    }).render().pixels;

  it('look as resvg sets the same words in the fonts', () => {
    for (const figure of [plain(), learningCurves()]) {
      const words = drawFigure(figure, fontText).replace(
        /font-family="(\w+)"/gu,
        (_, face: Face) => looks[face],
      );
      const outlined = pixelsOf(renderSvg(figure), []);
      const set = pixelsOf(
        words,
        Object.keys(looks).map((face) => fontFile(face as Face)),
      );
      const bare = pixelsOf(words, []);
      const differences = set.map((value, at) => Math.abs(value - outlined[at]));
      const inks = set.map((value, at) => Math.abs(value - bare[at]));
      const sum = (values: Uint8Array): number => values.reduce((total, value) => total + value, 0);
      // That the words are there at all.
      expect(sum(inks)).toBeGreaterThan(1e5);
      // resvg looks at four lines in a row of pixels; at no place more than one of them may fall on the other side of an edge.
      expect(Math.max(...new Set(differences))).toBeLessThanOrEqual(64);
      expect(sum(differences) / sum(inks)).toBeLessThan(1e-3);
    }
  });

  it('are each defined once, and all that is defined is used', () => {
    const root = parse(renderSvg(learningCurves()));
    const paths = [...root.querySelectorAll('defs > path')];
    expect(paths.length).toBeGreaterThan(20);
    expect(new Set(paths.map((path) => path.getAttribute('d'))).size).toBe(paths.length);
    const used = new Set([...root.querySelectorAll('use')].map((use) => use.getAttribute('xlink:href')));
    expect(used).toEqual(new Set(paths.map((path) => `#${path.getAttribute('id')!}`)));
  });

  it('share no id with those of another figure on the page, nor do clips', () => {
    const line: Figure = plain({ kind: 'line' });
    const svgs = [line, plain(), learningCurves(), { ...line, title: 'another' }].map(renderSvg);
    const ids = svgs.flatMap((svg) => [...svg.matchAll(/ id="([^"]*)"/gu)].map(([, id]) => id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const svg of svgs) {
      const referred = [...svg.matchAll(/(?:href="#|url\(#)([^")]*)/gu)].map(([, id]) => id);
      expect(referred.filter((id) => !svg.includes(` id="${id}"`))).toEqual([]);
    }
    expect(svgs[0]).toMatch(/clip-path="url\(#f[0-9a-f]{8}-clip\)"/u);
  });
});
