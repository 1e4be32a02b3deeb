import { nextInt32, randomStream, type RandomStream } from '../../lib/random/random-stream.js';
import reference from '../reference/random-streams.json' with { type: 'json' };

function take(stream: RandomStream, count: number): number[] {
  return Array.from({ length: count }, () => stream.nextUint32());
}

/** Σ (observed − expected)²/expected, scaled to mean 0 and variance 1, for many equally likely cells. */
function chiSquareDeviate(counts: Uint32Array): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return (chiSquare - (counts.length - 1)) / Math.sqrt(2 * (counts.length - 1));
}

describe('nextInt32', () => {
  it('gives the published sequence for the state 1, 2, 3, 4', () => {
    // The test vector of the rand_xoshiro package, made with the authors' program.
    const state = Int32Array.of(1, 2, 3, 4);
    expect(Array.from({ length: 10 }, () => nextInt32(state) >>> 0)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });
});

describe('randomStream', () => {
  it('gives the integers of an independent implementation for any seed, run and point', () => {
    // The jumps of the reference are polynomial arithmetic, checked there against the authors' constants.
    for (const { seed, run, point, numbers } of reference.streams) {
      expect(take(randomStream(seed, run, point), numbers.length)).toEqual(numbers);
    }
  });

  it('starts a run one published jump after the one before, and a point one long jump', () => {
    // Constants of xoshiro128starstar.c (Blackman & Vigna, prng.di.unimi.it) for 2^64 and 2^96 steps.
    const jump = [0x8764000b, 0xf542d2d3, 0x6fa035c3, 0x77f2db5b];
    const longJump = [0xb523952e, 0x0b6f099f, 0xccf5a0ef, 0x1c580662];
    const jumped = (from: Int32Array, words: number[]): Int32Array => {
      const [state, sum] = [from.slice(), new Int32Array(4)];
      for (let bit = 0; bit < 128; bit++) {
        if ((words[bit >> 5] >>> (bit & 31)) & 1) sum.forEach((_, i) => (sum[i] ^= state[i]));
        nextInt32(state);
      }
      return sum;
    };
    let [run, point] = [randomStream(7).state, randomStream(7).state];
    for (let index = 1; index < 20; index++) {
      run = jumped(run, jump);
      point = jumped(point, longJump);
      expect(randomStream(7, index).state).toEqual(run);
      expect(randomStream(7, 0, index).state).toEqual(point);
    }
    // 2^32 jumps are one long jump: the last run of a point and one jump more is the first run of the next.
    expect(jumped(randomStream(7, 0xffffffff, 4).state, jump)).toEqual(randomStream(7, 0, 5).state);
  });

  it('gives two calls of the same arguments the same stream, without sharing its state', () => {
    const [one, other] = [randomStream(3, 2, 1), randomStream(3, 2, 1)];
    expect(take(one, 5)).toEqual(take(other, 5));
    take(one, 1);
    expect(one.state).not.toEqual(other.state);
  });

  it('starts every seed, run and point in another state', () => {
    const states = new Set<string>();
    for (let seed = 0; seed < 1000; seed++) {
      for (const [run, point] of [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ])
        states.add(randomStream(seed, run, point).state.join());
      states.add(randomStream(seed + 2 ** 32).state.join());
    }
    expect(states.size).toBe(5000);
  });

  it('refuses seeds, runs and points that are no integers of their range, in one line', () => {
    expect(() => randomStream(-1)).toThrow(new RangeError('`seed` must be an integer >= 0; got -1'));
    for (const seed of [0.5, 2 ** 53, NaN, Infinity])
      expect(() => randomStream(seed)).toThrow(/^`seed` must be/);
    expect(() => randomStream(1, 2 ** 32)).toThrow(
      '`run` must be an integer from 0 to 4294967295; got 4294967296',
    );
    expect(() => randomStream(1, 0, -1)).toThrow('`point` must be an integer from 0 to 4294967295; got -1');
    expect(() => randomStream('1' as unknown as number)).toThrow(TypeError);
  });
});

describe('RandomStream', () => {
  it('makes a uniform number of the high bits of two integers, in [0, 1)', () => {
    const [integers, uniforms] = [randomStream(11), randomStream(11)];
    for (let i = 0; i < 1000; i++) {
      const [high, low] = take(integers, 2);
      const bits = ((BigInt(high) >> 5n) << 26n) | (BigInt(low) >> 6n);
      expect(uniforms.nextUniform()).toBe(Number(bits) / 2 ** 53);
    }
  });

  it('stays below 1 when every bit is set', () => {
    // 5 s₁ rotated by 7, times 9, is −1 for this s₁, found by inverting the scrambler; the two steps need other words.
    const stream = randomStream(0);
    const odd = (x: bigint, inverse: bigint): bigint => BigInt.asUintN(32, x * inverse);
    const rotated = odd(0xffffffffn, 954437177n); // 9⁻¹ mod 2³²
    const s1 = odd((rotated >> 7n) | BigInt.asUintN(32, rotated << 25n), 3435973837n); // 5⁻¹ mod 2³²
    // The next s₁ is s₁ ^ s₂ ^ s₀: equal words s₀ = s₂ leave it as it is.
    stream.state.set([5, Number(BigInt.asIntN(32, s1)), 5, 6]);
    expect(stream.nextUniform()).toBe(1 - 2 ** -53);
  });

  it('has fair bits and independent neighbours (false alarm 6e-5)', () => {
    // 2^21 words: 32 bit counts and 32 agreements with the same bit of the next word, each z within ±5 (6e-7).
    const draws = 2 ** 21;
    const words = take(randomStream(20260101), draws + 1);
    for (let bit = 0; bit < 32; bit++) {
      let [ones, equal] = [0, 0];
      for (let i = 0; i < draws; i++) {
        ones += (words[i] >>> bit) & 1;
        equal += 1 ^ (((words[i] ^ words[i + 1]) >>> bit) & 1);
      }
      for (const count of [ones, equal]) {
        expect(Math.abs(count - draws / 2) / Math.sqrt(draws / 4)).toBeLessThan(5);
      }
    }
  });

  it('fills the square of any byte of a word and any byte of the next evenly (false alarm 1e-4)', () => {
    // What the ziggurat builds on: layer from one word, place from another. 16 χ² of 2^16 cells, about normal; |z| < 4.6.
    const stream = randomStream(20260102);
    const squares = Array.from({ length: 16 }, () => new Uint32Array(65536));
    let before = stream.nextUint32();
    for (let i = 0; i < 2 ** 20; i++) {
      const word = stream.nextUint32();
      squares.forEach((square, which) => {
        const [first, second] = [8 * (which & 3), 8 * (which >> 2)];
        square[((before >>> first) & 255) * 256 + ((word >>> second) & 255)]++;
      });
      before = word;
    }
    for (const square of squares) expect(Math.abs(chiSquareDeviate(square))).toBeLessThan(4.6);
  });

  it('is independent of its neighbours in run, point and seed (false alarm 2e-5)', () => {
    // Correlation of the bits of 20 000 words with those of a neighbour at the same place, and one later: 90 z within
    // ±5.1 (3.4e-7 each).
    const draws = 20000;
    const centre = take(randomStream(500, 10, 10), draws + 1);
    const neighbours = [1, 2, 3, 5, 8].flatMap((d) => [
      [500, 10 + d, 10],
      [500, 10, 10 + d],
      [500 + d, 10, 10],
    ]);
    for (const [seed, run, point] of neighbours) {
      const other = take(randomStream(seed, run, point), draws);
      for (const shift of [0, 1]) {
        for (const mask of [0xffffffff, 0xffff0000, 0x0000ffff]) {
          let [agreements, bits] = [0, 0];
          for (let bit = 0; bit < 32; bit++) {
            if (((mask >>> bit) & 1) === 0) continue;
            bits += draws;
            for (let i = 0; i < draws; i++) agreements += 1 ^ (((centre[i + shift] ^ other[i]) >>> bit) & 1);
          }
          expect(Math.abs(agreements - bits / 2) / Math.sqrt(bits / 4)).toBeLessThan(5.1);
        }
      }
    }
  });
});
