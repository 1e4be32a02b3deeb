import { requireInteger } from './checks.js';
import { nextInt32, type RandomStream } from './random-stream.js';
import { erfc } from './special-functions.js';

/**
 * Standard normal numbers by the ziggurat of Marsaglia & Tsang (J. Stat. Softw. 5(8), 2000): the area under the density
 * is cut into 256 layers of equal area, a layer is drawn, a point in it, and 98.5 % of the points lie so far inside
 * that nothing else need be computed. The byte that chooses the layer and the 32 bits that place the point come from
 * different words of the stream; taken from one word they are correlated (Doornik 2005).
 *
 * Resolution: a number from layer i is an odd multiple of xᵢ/2³², xᵢ the half-width of the layer, 0.2 to 3.9.
 * Neighbouring values are at most 1.8e-9 apart, none is 0, and x and −x are equally likely. Beyond 3.65 the tail is
 * drawn with 53 bits and ends at 13.7.
 */

const LAYERS = 256;
const WIDTHS = layerWidths();
const HEIGHTS = WIDTHS.map(density);
/** Half-width of a layer per unit of a signed 32-bit integer. */
const SCALES = WIDTHS.map((width) => width / 0x80000000);

/** exp(−x²/2), the density up to its norm. */
function density(x: number): number {
  return Math.exp((-x * x) / 2);
}

/**
 * Half-widths of 256 layers that start at `edge`, and the height they reach: 1 for the right edge, more or NaN when
 * the edge is too far in. Layer 0 is the rectangle below the density at the edge together with the tail; its width is
 * that of a rectangle of the same area.
 */
function pile(edge: number): { widths: Float64Array; height: number } {
  const widths = new Float64Array(LAYERS + 1);
  let height = density(edge);
  const area = edge * height + Math.sqrt(Math.PI / 2) * erfc(edge * Math.SQRT1_2);
  widths[0] = area / height;
  for (let layer = 1; layer < LAYERS; layer++) {
    const width = Math.sqrt(-2 * Math.log(height));
    widths[layer] = width;
    height += area / width;
  }
  return { widths, height };
}

/** The half-widths of the pile that just reaches the peak, by bisection of its edge. */
function layerWidths(): Float64Array {
  let [low, high] = [3, 4];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return pile(high).widths;
    if (pile(middle).height <= 1) high = middle;
    else low = middle;
  }
}

/** What becomes of the point x of a layer: usually itself; near the edge of the layer it may have to be drawn anew. */
function settle(stream: RandomStream, layer: number, x: number): number {
  for (;;) {
    if (Math.abs(x) < WIDTHS[layer + 1]!) return x;
    if (layer === 0) return x < 0 ? -tailDeviate(stream) : tailDeviate(stream);
    const floor = HEIGHTS[layer]!;
    if (floor + (HEIGHTS[layer + 1]! - floor) * stream.nextUniform() < density(x)) return x;
    layer = nextInt32(stream.state) & 255;
    x = (nextInt32(stream.state) + 0.5) * SCALES[layer]!;
  }
}

/** A normal number beyond the edge of the base (Marsaglia 1964). */
function tailDeviate(stream: RandomStream): number {
  const edge = WIDTHS[1]!;
  for (;;) {
    const beyond = -Math.log(1 - stream.nextUniform()) / edge;
    if (-2 * Math.log(1 - stream.nextUniform()) > beyond * beyond) return edge + beyond;
  }
}

/**
 * One standard normal number. Takes two words of the stream, rarely more.
 *
 * @example
 * nextNormal(randomStream(42));
 */
export function nextNormal(stream: RandomStream): number {
  const layer = nextInt32(stream.state) & 255;
  return settle(stream, layer, (nextInt32(stream.state) + 0.5) * SCALES[layer]!);
}

/**
 * Fills an array with independent standard normal numbers, faster than as many calls of `nextNormal` and with other
 * numbers: one word of the stream chooses the layers of four of them. Fills of lengths that are multiples of
 * 4 give the same numbers as one fill of their sum.
 *
 * @param out where the numbers go, from entry 0
 * @param count how many, at most out.length, which is the default
 * @throws RangeError for another count
 * @example
 * fillNormal(randomStream(42), new Float64Array(1000));
 */
export function fillNormal(stream: RandomStream, out: Float64Array, count = out.length): void {
  if (count !== out.length) requireInteger('count', count, 0, out.length);
  const { state } = stream;
  let layers = 0;
  for (let i = 0; i < count; i++) {
    layers = (i & 3) === 0 ? nextInt32(state) : layers >>> 8;
    const layer = layers & 255;
    const x = (nextInt32(state) + 0.5) * SCALES[layer]!;
    // Two assignments: a number chosen between x and a result would be boxed, x too.
    if (Math.abs(x) < WIDTHS[layer + 1]!) out[i] = x;
    else out[i] = settle(stream, layer, x);
  }
}
