import { requireDomain } from '../foundation/domain.js';
import { nextInt32, writeUniform, type RandomStream } from './random-stream.js';
import { erfc } from '../numerics/special-functions.js';

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

/**
 * Puts in place of the point out[i] of a layer, where it lies outside the layer above, the number that becomes of it: itself,
 * one from the tail, or another drawn anew. Numbers are passed in arrays, since those given to a function or returned by it may
 * be boxed.
 */
function settle(state: Int32Array, layer: number, out: Float64Array, i: number): void {
  for (;;) {
    const x = out[i]!;
    if (Math.abs(x) < WIDTHS[layer + 1]!) return;
    if (layer === 0) {
      drawTail(state, out, i);
      return;
    }
    writeUniform(state, uniforms, 0);
    const floor = HEIGHTS[layer]!;
    // The density written out, see above.
    if (floor + (HEIGHTS[layer + 1]! - floor) * uniforms[0]! < Math.exp((-x * x) / 2)) return;
    layer = nextInt32(state) & 255;
    out[i] = (nextInt32(state) + 0.5) * SCALES[layer]!;
  }
}

/** Puts a normal number beyond the edge of the base, on its own side, in place of out[i] (Marsaglia 1964). */
function drawTail(state: Int32Array, out: Float64Array, i: number): void {
  const edge = WIDTHS[1]!;
  for (;;) {
    writeUniform(state, uniforms, 0);
    writeUniform(state, uniforms, 1);
    const beyond = -Math.log(1 - uniforms[0]!) / edge;
    if (-2 * Math.log(1 - uniforms[1]!) > beyond * beyond) {
      out[i] = out[i]! < 0 ? -(edge + beyond) : edge + beyond;
      return;
    }
  }
}

const uniforms = new Float64Array(2);

/**
 * One standard normal number. Takes two words of the stream, rarely more.
 *
 * @example
 * nextNormal(randomStream(42));
 */
export function nextNormal(stream: RandomStream): number {
  const layer = nextInt32(stream.state) & 255;
  const x = (nextInt32(stream.state) + 0.5) * SCALES[layer]!;
  if (Math.abs(x) < WIDTHS[layer + 1]!) return x;
  single[0] = x;
  settle(stream.state, layer, single, 0);
  return single[0];
}

/** Where `nextNormal` has a number settled. */
const single = new Float64Array(1);

/** The layers still to come of the word that chooses four of them, where `fillInside` left off; the last byte is in use. */
const layerBytes = new Int32Array(1);

/**
 * Writes points of layers from entry i on, up to and including the first that `settle` has to look at; returns its index, `count`
 * if there is none. Two thirds of the time of an explicit simulation are spent here. The state is kept in variables, the step of
 * `nextInt32` written out, and no function called, since a call would make the compiler load and store them anew for each number.
 */
function fillInside(state: Int32Array, out: Float64Array, i: number, count: number): number {
  let s0 = state[0]!;
  let s1 = state[1]!;
  let s2 = state[2]!;
  let s3 = state[3]!;
  let layers = layerBytes[0]!;
  for (; i < count; i++) {
    if ((i & 3) === 0) {
      const product = Math.imul(s1, 5);
      layers = Math.imul((product << 7) | (product >>> 25), 9);
      s2 ^= s0;
      s3 ^= s1;
      s0 ^= s3;
      const shifted = s1 << 9;
      s1 ^= s2;
      s2 ^= shifted;
      s3 = (s3 << 11) | (s3 >>> 21);
    } else layers >>>= 8;
    const product = Math.imul(s1, 5);
    const place = Math.imul((product << 7) | (product >>> 25), 9);
    s2 ^= s0;
    s3 ^= s1;
    s0 ^= s3;
    const shifted = s1 << 9;
    s1 ^= s2;
    s2 ^= shifted;
    s3 = (s3 << 11) | (s3 >>> 21);
    const layer = layers & 255;
    const x = (place + 0.5) * SCALES[layer]!;
    out[i] = x;
    if (!(Math.abs(x) < WIDTHS[layer + 1]!)) break;
  }
  state[0] = s0;
  state[1] = s1;
  state[2] = s2;
  state[3] = s3;
  layerBytes[0] = layers;
  return i;
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
  if (count !== out.length) {
    const within = Number.isInteger(count) && count >= 0 && count <= out.length;
    requireDomain('count', `an integer from 0 to ${out.length}`, count, within);
  }
  for (let i = 0; ; i++) {
    i = fillInside(stream.state, out, i, count);
    if (i === count) return;
    settle(stream.state, layerBytes[0]! & 255, out, i);
  }
}
