import { fillNormal, nextNormal } from '../../lib/random/normal-deviates.js';
import { nextInt32, randomStream, type RandomStream } from '../../lib/random/random-stream.js';
import { erfc, normalDistribution } from '../../lib/numerics/special-functions.js';
import reference from '../reference/numerics-special.json' with { type: 'json' };

function normals(seed: number, count: number, run = 0): Float64Array {
  const out = new Float64Array(count);
  fillNormal(randomStream(seed, run), out);
  return out;
}

function singles(seed: number, count: number): Float64Array {
  const stream = randomStream(seed);
  return new Float64Array(count).map(() => nextNormal(stream));
}

const { edge, area } = reference.ziggurat[0];
const density = (x: number): number => Math.exp((-x * x) / 2);
// Edges of the layers, from the equation of equal areas; x₂₅₆ = 0 and x₀ is the width of the base as a rectangle.
const edges = [area / density(edge), edge];
while (edges.length < 256) {
  const last = edges.at(-1)!;
  edges.push(Math.sqrt(-2 * Math.log(density(last) + area / last)));
}
edges.push(0);

const WAYS = [
  { name: 'fillNormal', draw: (seed: number): Float64Array => normals(seed, 8_000_000) },
  { name: 'nextNormal', draw: (seed: number): Float64Array => singles(seed, 4_000_000) },
];

describe.each(WAYS)('the numbers of $name', ({ draw }) => {
  const sample = draw(20260201);

  it('have the moments 0, 1, 0, 3, 0, 15 (false alarm 4e-5)', () => {
    // Var x^k = E x^2k − (E x^k)²; six z within ±4.5 (6.8e-6 each).
    const expected = [0, 1, 0, 3, 0, 15];
    const squares = [1, 3, 15, 105, 945, 10395];
    const sums = new Float64Array(6);
    for (const x of sample) for (let k = 0, power = x; k < 6; k++, power *= x) sums[k] += power;
    sums.forEach((sum, k) => {
      const deviation = Math.sqrt((squares[k] - expected[k] ** 2) / sample.length);
      expect(Math.abs(sum / sample.length - expected[k]) / deviation).toBeLessThan(4.5);
    });
  });

  it('reach beyond 2, 3, the last layer at 3.654, and 4 as often as they should, on either side (false alarm 6e-5)', () => {
    // Counts of 100 and more, Poisson; eight z within ±4.5, near enough to normal.
    for (const edge of [2, 3, 3.654152885361009, 4]) {
      const expected = (sample.length * erfc(edge * Math.SQRT1_2)) / 2;
      let [above, below] = [0, 0];
      for (const x of sample) {
        if (x > edge) above++;
        if (x < -edge) below++;
      }
      for (const count of [above, below]) {
        expect(Math.abs(count - expected) / Math.sqrt(expected)).toBeLessThan(4.5);
      }
    }
  });

  it('follow the normal distribution function (Kolmogorov and Smirnov, false alarm 1e-5)', () => {
    // 2 exp(−2 · 2.47²) = 1e-5. A million of them: the largest gap must be below 0.0025.
    const sorted = sample.slice(0, 1_000_000).sort();
    const count = sorted.length;
    let gap = 0;
    sorted.forEach((x, i) => {
      const p = normalDistribution(x);
      gap = Math.max(gap, p - i / count, (i + 1) / count - p);
    });
    expect(gap * Math.sqrt(count)).toBeLessThan(2.47);
  });

  it('fill 65536 cells of equal probability evenly (false alarm 1e-5)', () => {
    // Fine enough to see a kink at the edge of a layer. χ² of so many cells is about normal; |z| < 4.5.
    const counts = new Uint32Array(65536);
    for (const x of sample) counts[Math.floor(normalDistribution(x) * 65536)]++;
    const expected = sample.length / 65536;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(Math.abs(chiSquare - 65535) / Math.sqrt(2 * 65535)).toBeLessThan(4.5);
  });

  it('are uncorrelated with the next eight, as are their squares and cubes (false alarm 2e-5)', () => {
    // (x² − 1)/√2 and (x³ − 3x)/√6 have variance 1, as x has; 24 products, each z within ±5 (6e-7).
    const count = 1_000_000;
    const polynomials = [
      sample.subarray(0, count + 8),
      sample.slice(0, count + 8).map((x) => (x * x - 1) / Math.SQRT2),
      sample.slice(0, count + 8).map((x) => (x ** 3 - 3 * x) / Math.sqrt(6)),
    ];
    for (const values of polynomials) {
      for (let lag = 1; lag <= 8; lag++) {
        let sum = 0;
        for (let i = 0; i < count; i++) sum += values[i] * values[i + lag];
        expect(Math.abs(sum) / Math.sqrt(count)).toBeLessThan(5);
      }
    }
  });

  it('are never 0', () => {
    expect(sample.some((x) => x === 0)).toBe(false);
  });
});

describe('nextNormal', () => {
  // A copy of the stream shows the two words of a number: the byte of its layer, the place j in it. Where it was accepted
  // at once, it is (j + ½) times the layer's half-width/2³¹, so the half-widths can be read from outside.
  const stream = randomStream(20260202);
  const widths = new Map<number, number>();
  let [regular, agreeing] = [0, 0];
  const draws = 400_000;
  const places = new Uint32Array(256 * 16);
  for (let i = 0; i < draws; i++) {
    const copy = stream.state.slice();
    const layer = nextInt32(copy) & 255;
    const place = nextInt32(copy);
    const width = (nextNormal(stream) / (place + 0.5)) * 2 ** 31;
    if (stream.state.join() !== copy.join()) continue; // rejected, or in need of more words
    regular++;
    const known = widths.get(layer);
    if (known === undefined) widths.set(layer, width);
    // Two roundings each.
    else if (Math.abs(width / known - 1) < 5e-16) agreeing++;
    // |j| < 2³⁰ lies in sixteen cells.
    if (Math.abs(place) < 2 ** 30) places[layer * 16 + ((place + 2 ** 30) >>> 27)]++;
  }

  it('takes the layer from one word and the place in it from another', () => {
    // The topmost layer has no layer above that it could be accepted in at once.
    expect([...widths.keys()].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 255 }, (_, layer) => layer),
    );
    expect(agreeing).toBe(regular - 255);
  });

  it('accepts as many points at once as it should (false alarm 6e-7)', () => {
    const { atOnce } = reference.ziggurat[0];
    expect(Math.abs(regular / draws - atOnce)).toBeLessThan(5 * Math.sqrt((atOnce * (1 - atOnce)) / draws));
  });

  it('has layers of equal area from the edge to the peak', () => {
    // Rounding of the widths read, 2e-16 each, and of heights near 1 times widths up to 3.9: some 1e-15.
    const height = (layer: number): number => Math.exp(-(widths.get(layer)! ** 2) / 2);
    expect(Math.abs(widths.get(1)! - edge)).toBeLessThan(2e-15);
    expect(Math.abs(widths.get(0)! * height(1) - area)).toBeLessThan(2e-15);
    for (let layer = 1; layer < 254; layer++) {
      expect(Math.abs(widths.get(layer)! * (height(layer + 1) - height(layer)) - area)).toBeLessThan(2e-15);
    }
    // The topmost layer starts where the one below ends, and reaches the peak.
    const top = height(254) + area / widths.get(254)!;
    expect(Math.abs(Math.sqrt(-2 * Math.log(top)) * (1 - top) - area)).toBeLessThan(2e-15);
  });

  it('places the points of any layer evenly, accepted ones included (false alarm 1e-5)', () => {
    // Given the layer, j is uniform where |j| is small enough to be accepted at once in every layer but the topmost:
    // sixteen cells over |j| < 2³⁰. χ² with 255 · 15 degrees of freedom is about normal; |z| < 4.5.
    let chiSquare = 0;
    for (let layer = 0; layer < 255; layer++) {
      const cells = places.subarray(layer * 16, layer * 16 + 16);
      const expected = cells.reduce((sum, count) => sum + count, 0) / 16;
      chiSquare += cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    }
    expect(Math.abs(chiSquare - 255 * 15) / Math.sqrt(2 * 255 * 15)).toBeLessThan(4.5);
  });
});

describe('a point outside the layer above', () => {
  // A word is a bijection of s₁, and four words of s₁ in a row fix the state: solved for s₀, s₂ and s₃.
  const streamGiving = (...words: number[]): RandomStream => {
    const [a, b, c, d] = words.map((word) => {
      const rotated = Math.imul(word, 954437177); // 9⁻¹ mod 2³²
      return Math.imul((rotated >>> 7) | (rotated << 25), 3435973837); // 5⁻¹ mod 2³²
    });
    const s0XorS2 = a ^ b;
    const s2XorS3 = a ^ b ^ c ^ (a << 9);
    const turned = c ^ d ^ b ^ (b << 9) ^ s0XorS2 ^ (a << 9);
    const s3 = ((turned >>> 11) | (turned << 21)) ^ a;
    const stream = randomStream(0);
    stream.state.set([s0XorS2 ^ s2XorS3 ^ s3, a, s2XorS3 ^ s3, s3]);
    return stream;
  };
  /** The two words of a uniform number. */
  const wordsOf = (uniform: number): [number, number] => {
    const high = Math.floor(uniform * 2 ** 27);
    return [high << 5, Math.floor((uniform * 2 ** 27 - high) * 2 ** 26) << 6];
  };
  const stream = randomStream(20260300);
  const outside = Array.from({ length: 100_000 }, () => {
    const words = [nextInt32(stream.state), nextInt32(stream.state)];
    const layer = words[0] & 255;
    return { words, layer, x: ((words[1] + 0.5) / 2 ** 31) * edges[layer] };
  }).filter(({ layer, x }) => Math.abs(x) > edges[layer + 1] + 1e-9);

  it('is met with any four words in a row', () => {
    const words = Array.from({ length: 4 }, () => nextInt32(stream.state));
    const { state } = streamGiving(...words);
    expect(words.map(() => nextInt32(state))).toEqual(words);
  });

  it('is accepted where a uniform height in its layer lies below the density, and only there', () => {
    const wedges = outside.filter(({ layer }) => layer > 0);
    expect(wedges.length).toBeGreaterThan(1000);
    for (const { words, layer, x } of wedges) {
      const [floor, ceiling] = [density(edges[layer]), density(edges[layer + 1])];
      const limit = (density(x) - floor) / (ceiling - floor);
      // Rounding of the heights, 1e-16, over their difference, at least 1e-3; the slack is far above.
      const below = streamGiving(...words, ...wordsOf(Math.max(0, limit - 1e-9)));
      expect(Math.abs(nextNormal(below) - x)).toBeLessThan(1e-12);
      const above = streamGiving(...words, ...wordsOf(Math.min(1 - 2 ** -53, limit + 1e-9)));
      expect(Math.abs(nextNormal(above) - x)).toBeGreaterThan(1e-12);
    }
  });

  it('follows the tail of the normal law in the base, on its own side (false alarm 1e-5)', () => {
    // Kolmogorov and Smirnov on 100 000 numbers for either sign: 2 exp(−2 · 2.55²) = 4.5e-6 each.
    const uniforms = randomStream(20260301).state;
    for (const sign of [1, -1]) {
      const { words } = outside.find(({ layer, x }) => layer === 0 && x * sign > 0)!;
      const draw = (): number =>
        sign * nextNormal(streamGiving(...words, nextInt32(uniforms), nextInt32(uniforms)));
      const sorted = new Float64Array(100_000).map(draw).sort();
      let gap = 0;
      sorted.forEach((x, i) => {
        const p = 1 - erfc(x * Math.SQRT1_2) / erfc(edge * Math.SQRT1_2);
        gap = Math.max(gap, p - i / sorted.length, (i + 1) / sorted.length - p);
      });
      expect(gap * Math.sqrt(sorted.length)).toBeLessThan(2.55);
    }
  });
});

describe('neighbouring streams', () => {
  it('give uncorrelated numbers for runs, and for seeds, side by side (false alarm 5e-5)', () => {
    // 40 pairs of 100 000 numbers, products of the numbers and of their squares: 80 z within ±5 (6e-7 each).
    const count = 100_000;
    const rows = [
      ...Array.from({ length: 21 }, (_, run) => normals(20260203, count, run)),
      ...Array.from({ length: 20 }, (_, seed) => normals(20260204 + seed, count)),
    ];
    for (let row = 1; row < rows.length; row++) {
      let [products, squares] = [0, 0];
      for (let i = 0; i < count; i++) {
        const [x, y] = [rows[row - 1][i], rows[row][i]];
        products += x * y;
        squares += ((x * x - 1) * (y * y - 1)) / 2;
      }
      for (const sum of [products, squares]) expect(Math.abs(sum) / Math.sqrt(count)).toBeLessThan(5);
    }
  });
});

describe('fillNormal', () => {
  it('takes the layers of four numbers from one word, least byte first, and the place of each from one more', () => {
    let seen = 0;
    for (let seed = 0; seed < 1000; seed++) {
      const { state } = randomStream(seed);
      const numbers = normals(seed, 4);
      const layers = nextInt32(state);
      for (let i = 0; i < 4; i++) {
        const layer = (layers >>> (8 * i)) & 255;
        const x = ((nextInt32(state) + 0.5) / 2 ** 31) * edges[layer];
        // A number not accepted at once may take more words; those after it are left out.
        if (Math.abs(x) > edges[layer + 1] - 1e-9) break;
        // The edges come from a recurrence: some 1e-13 at the last.
        expect(Math.abs(numbers[i] - x)).toBeLessThan(1e-12);
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(3800);
  });

  it('gives the same numbers in one fill and in several whose lengths are multiples of 4', () => {
    const stream = randomStream(5);
    const parts = [400, 4, 0, 1600].flatMap((length) => {
      const part = new Float64Array(length);
      fillNormal(stream, part);
      return [...part];
    });
    expect(parts).toEqual([...normals(5, 2004)]);
  });

  it('writes `count` numbers and leaves the rest alone', () => {
    const out = new Float64Array(10).fill(7);
    fillNormal(randomStream(5), out, 6);
    expect([...out]).toEqual([...normals(5, 6), 7, 7, 7, 7]);
  });

  it('refuses a count that the array does not hold', () => {
    for (const count of [-1, 11, 2.5, NaN]) {
      expect(() => {
        fillNormal(randomStream(5), new Float64Array(10), count);
      }).toThrow(`\`count\` must be an integer from 0 to 10; got ${count}`);
    }
  });
});
