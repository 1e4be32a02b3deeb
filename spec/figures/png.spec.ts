import { renderPng } from '../../lib/figures/index.js';
import { learningCurves, plain } from './reading.js';

/** Width and height from the header of a PNG. */
function sizeOf(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

describe('renderPng', () => {
  it('gives the same bytes each time', () => {
    expect(Buffer.compare(renderPng(learningCurves(), 2), renderPng(learningCurves(), 2))).toBe(0);
  });

  it('is a PNG of the figure’s size times the resolution, 600 dots per inch by default', () => {
    const png = renderPng(plain());
    expect([...png.slice(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    // 244 × 170 points of 600/72 pixels: 2033.3 × 1416.7.
    expect(sizeOf(png)).toEqual([2034, 1417]);
    expect(sizeOf(renderPng(plain(), 1))).toEqual([244, 170]);
    expect(sizeOf(renderPng(learningCurves(), 2))).toEqual([1010, 400]);
  });

  it('refuses a resolution out of range', () => {
    for (const resolution of [0, -1, 21, NaN]) {
      expect(() => renderPng(plain(), resolution)).toThrow(
        new RangeError(`\`pixelsPerPoint\` must be a number from 0.1 to 20; got ${resolution}`),
      );
    }
  });
});
