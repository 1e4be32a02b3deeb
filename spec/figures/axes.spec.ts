import { renderSvg } from '../../lib/figures/index.js';
import { frameOf, parse, plain, textBoxes, type TextBox } from './reading.js';

const boxOf = (svg: string, text: string): TextBox | undefined =>
  textBoxes(parse(svg)).find((box) => box.text === text);

describe('the words around a frame', () => {
  const svg = renderSvg(plain());
  const { left, top, right, bottom } = frameOf(parse(svg));

  it('centre tick labels on their ticks and keep them off the frame', () => {
    for (const tick of [2, 4, 6, 8]) {
      const box = boxOf(svg, String(tick))!;
      // The ink of a digit is centred in its width to 0.05 em; Plot may shift what it draws by half a point.
      expect(Math.abs((box.left + box.right) / 2 - left - ((right - left) * tick) / 10)).toBeLessThan(0.9);
      expect(box.top).toBeGreaterThan(bottom + 2);
    }
    for (const tick of ['0.2', '0.4', '0.8']) {
      const box = boxOf(svg, tick)!;
      expect(Math.abs((box.top + box.bottom) / 2 - bottom + (bottom - top) * Number(tick))).toBeLessThan(0.9);
      expect(box.right).toBeLessThan(left - 2);
    }
  });

  it('centre axis labels on the frame, that of y read upward', () => {
    const [x, y] = ['t', 'R'].map((text) => boxOf(svg, text)!);
    // The ink of an italic letter is centred in its width to 0.1 em.
    expect(Math.abs((x.left + x.right) / 2 - (left + right) / 2)).toBeLessThan(1.4);
    expect(Math.abs((y.top + y.bottom) / 2 - (top + bottom) / 2)).toBeLessThan(1.4);
    expect(svg).toMatch(/aria-label="R" transform="translate\([^)]*\) rotate\(-90\)"/u);
  });

  it('write a common factor once at the end of the axis', () => {
    const large = renderSvg(
      plain({}, { x: { label: 't', domain: [0, 1e6] }, y: { label: 'n', domain: [0, 1e-6] } }),
    );
    const frame = frameOf(parse(large));
    expect(boxOf(large, '×10^{6}')!.top).toBeGreaterThan(frame.bottom);
    expect(boxOf(large, '×10^{-6}')!.bottom).toBeLessThan(frame.top);
    expect(svg).not.toContain('×10');
  });

  it('write a title beside the tag', () => {
    const [panel] = plain().panels;
    const titled = renderSvg({ ...plain(), panels: [{ ...panel, title: 'M = 8' }, panel] });
    const [tag, title] = ['(\\a)', 'M = 8'].map((text) => boxOf(titled, text)!);
    expect(title.left).toBeGreaterThan(tag.right);
    expect(Math.max(tag.bottom, title.bottom)).toBeLessThan(frameOf(parse(titled)).top);
  });

  it('refuse to be longer than there is room, with their length', () => {
    const long = 'w'.repeat(60);
    const refused = (part: Parameters<typeof plain>[1], name: string): void => {
      expect(() => renderSvg(plain({}, part))).toThrow(
        new RegExp(
          `^\`panels\\[0\\]\\.${name}\` must be at most \\d+ points long, and it is 369; got "w+"$`,
          'u',
        ),
      );
    };
    refused({ y: { label: long, domain: [0, 1] } }, 'y\\.label');
    refused({ x: { label: long, domain: [0, 1] } }, 'x\\.label');
    refused({ title: long }, 'title');
  });
});
