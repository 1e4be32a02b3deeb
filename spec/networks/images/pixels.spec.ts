import { CLASSES, type ImageSet } from '../../../lib/networks/images/image-set.js';
import {
  imageSizesOf,
  pixelsOf,
  standardizationOf,
  standardize,
} from '../../../lib/networks/images/pixels.js';

/** Images of some size whose pixels are bytes that look random. */
function setOf(count: number, height: number, width: number, channels: number): ImageSet {
  const pixels = Uint8Array.from({ length: count * height * width * channels }, (_, i) => (i * 167) % 251);
  return { pixels, labels: new Uint8Array(count), count, height, width, channels, classes: CLASSES };
}

describe('pixels', () => {
  it('are x/255, of the images asked for in their order', () => {
    const set = setOf(3, 2, 3, 2);
    const bytes = [...set.pixels];
    const expected = [...bytes.slice(24, 36), ...bytes.slice(0, 12), ...bytes.slice(24, 36)];
    expect(pixelsOf(set, [2, 0, 2], 2)).toEqual(Float32Array.from(expected, (x) => x / 255));
    expect(pixelsOf(set, [], 2).length).toBe(0);
  });

  it('of half the size are means over 2 × 2, channel by channel', () => {
    const set = setOf(2, 4, 6, 3);
    const at = (image: number, y: number, x: number, channel: number): number =>
      set.pixels[((image * 4 + y) * 6 + x) * 3 + channel];
    const expected: number[] = [];
    for (const image of [1, 0])
      for (const y of [0, 2])
        for (const x of [0, 2, 4])
          for (const c of [0, 1, 2])
            expected.push(
              (at(image, y, x, c) +
                at(image, y, x + 1, c) +
                at(image, y + 1, x, c) +
                at(image, y + 1, x + 1, c)) /
                4 /
                255,
            );
    const pixels = pixelsOf(set, [1, 0], 2);
    expect(pixels.length).toBe(expected.length);
    // Single precision.
    pixels.forEach((value, i) => {
      expect(Math.abs(value - expected[i])).toBeLessThan(2 ** -24);
    });
  });

  it('lie from 0 to 1', () => {
    const set = { ...setOf(1, 2, 2, 1), pixels: Uint8Array.of(255, 255, 255, 255) };
    expect([...pixelsOf(set, [0], 1)]).toEqual([1]);
    expect([...pixelsOf({ ...set, pixels: new Uint8Array(4) }, [0], 2)]).toEqual([0, 0, 0, 0]);
  });

  it('are to be had in the size of the set, and in half of it where that is whole', () => {
    expect(imageSizesOf(setOf(1, 28, 28, 1))).toEqual([28, 14]);
    expect(imageSizesOf(setOf(1, 27, 28, 1))).toEqual([27]);
    expect(imageSizesOf(setOf(1, 28, 27, 1))).toEqual([28]);
  });

  it.each<[unknown, string]>([
    [7, '7'],
    [0, '0'],
    [NaN, 'NaN'],
    ['14', '"14"'],
  ])('are refused at the size %p', (size, words) => {
    expect(() => pixelsOf(setOf(1, 28, 28, 1), [0], size as number)).toThrow(
      `\`imageSize\` must be 28 or 14; got ${words}`,
    );
  });

  it.each([-1, 3, 0.5, NaN])('of image %p of three are a fault', (image) => {
    expect(() => pixelsOf(setOf(3, 2, 2, 1), [0, image], 2)).toThrow(
      `\`images[1]\` must be an integer from 0 to 2; got ${image}`,
    );
  });
});

describe('standardized pixels', () => {
  it('have mean 0 and deviation 1 in each channel of the images measured', () => {
    const set = setOf(5, 4, 4, 3);
    // A channel that is nearly dark, so that channels differ.
    const pixels = pixelsOf(set, [0, 1, 2, 3, 4], 4).map((x, i) => (i % 3 === 1 ? x / 100 : x));
    const standard = standardizationOf(pixels, 3);
    standardize(pixels, standard);
    const again = standardizationOf(pixels, 3);
    for (const c of [0, 1, 2]) {
      // Each of the 80 pixels is rounded to single precision.
      expect(Math.abs(again.mean[c])).toBeLessThan(2 ** -22);
      expect(Math.abs(again.deviation[c] - 1)).toBeLessThan(2 ** -22);
    }
    expect(standard.deviation[1]).toBeLessThan(standard.deviation[0] / 50);
  });

  it('are measured by sums over all pixels', () => {
    const standard = standardizationOf(Float32Array.of(0, 1, 1, 1, 0, 2, 1, 4), 2);
    expect(standard).toEqual({ mean: [0.5, 2], deviation: [0.5, Math.sqrt(1.5)] });
    // Images of their own are standardized by what others gave.
    const others = standardize(Float32Array.of(1, 2, 2.5, 2), standard);
    expect([...others]).toEqual([1, 0, 4, 0]);
  });

  it.each([
    ['is constant', Float32Array.of(0, 0.1, 1, 0.1, 2, 0.1), 'channel 2 is constant'],
    ['has no pixels', new Float32Array(0), 'channel 1 is constant'],
  ])('are refused where a channel %s', (_, pixels, words) => {
    expect(() => standardizationOf(pixels, 2)).toThrow(
      `images to train on must differ in their pixels; ${words}`,
    );
  });
});
