import { requireInteger } from '../foundation/checks.js';

/**
 * Seeded streams of random numbers: xoshiro128** 1.1 (Blackman & Vigna, "Scrambled linear pseudorandom number
 * generators", ACM TOMS 47, 2021), 128 bits of state, period 2¹²⁸ − 1. Only integer operations and one exact division
 * by a power of two, so every machine gives the same numbers.
 *
 * Streams that cannot overlap. The generator walks one cycle through all 2¹²⁸ − 1 non-zero states. The stream of
 * (seed, run, point) starts (point · 2³² + run) · 2⁶⁴ steps after the place of the seed: runs are one jump of 2⁶⁴
 * steps apart, points one long jump of 2⁹⁶. With run and point below 2³² these starts lie 2⁶⁴ steps apart, and the
 * last is 2⁶⁴ − 1 steps before the cycle closes, so two streams of one seed share no state unless one of them draws
 * 2⁶⁴ − 1 numbers or more, which takes centuries.
 *
 * Seeds are another matter. Different seeds start in different states, but at hashed places of the one cycle: that
 * their streams stay apart is likely, not certain. For m streams of n numbers under each of two seeds the chance of any
 * overlap is about 2 m² n/2¹²⁸: 1e-14 for a million streams of 1e12 numbers. So take runs and points under one seed.
 */
export interface RandomStream {
  /** The four words of the state, advanced in place by every draw. */
  readonly state: Int32Array;
  /** The next integer, uniform from 0 to 2³² − 1. */
  nextUint32(): number;
  /** The next number in [0, 1), a multiple of 2⁻⁵³; takes two integers. */
  nextUniform(): number;
}

/**
 * Advances the state by one step and returns the signed 32-bit result. For inner loops; the functions of a stream are
 * this one.
 */
export function nextInt32(state: Int32Array): number {
  const s1 = state[1]!;
  const s2 = state[2]! ^ state[0]!;
  const s3 = state[3]! ^ s1;
  const product = Math.imul(s1, 5);
  state[1] = s1 ^ s2;
  state[0] = state[0]! ^ s3;
  state[2] = s2 ^ (s1 << 9);
  state[3] = (s3 << 11) | (s3 >>> 21);
  return Math.imul((product << 7) | (product >>> 25), 9);
}

/**
 * Writes the next number in [0, 1), a multiple of 2⁻⁵³, to an array; takes two integers. For inner loops: a number that a function
 * returns may be boxed.
 */
export function writeUniform(state: Int32Array, out: Float64Array, i: number): void {
  const high = nextInt32(state) >>> 5;
  const low = nextInt32(state) >>> 6;
  out[i] = (high * 0x4000000 + low) / 0x20000000000000;
}

const uniform = new Float64Array(1);

/** Runs of a point, and points of a seed. */
export const MOST_STREAMS = 2 ** 32;

/**
 * The stream of one run at one point.
 *
 * @param seed an integer from 0 to 2⁵³ − 1
 * @param run an integer from 0 to 2³² − 1: which repetition
 * @param point an integer from 0 to 2³² − 1: which place of a sweep
 * @throws RangeError or TypeError for anything else
 * @example
 * const stream = randomStream(42, 7); // run 7 under seed 42
 * stream.nextUniform();
 */
export function randomStream(seed: number, run = 0, point = 0): RandomStream {
  requireInteger('seed', seed, 0);
  requireInteger('run', run, 0, MOST_STREAMS - 1);
  requireInteger('point', point, 0, MOST_STREAMS - 1);
  return {
    state: jump(jump(seededState(seed), run, 0), point, 32),
    nextUint32() {
      return nextInt32(this.state) >>> 0;
    },
    nextUniform() {
      writeUniform(this.state, uniform, 0);
      return uniform[0]!;
    },
  };
}

/**
 * Two outputs of splitmix64 (Steele, Lea & Flood, OOPSLA 2014) started at the seed, low word first. The output is a
 * bijection of a 64-bit counter: different seeds give different first outputs, and the two outputs of one seed differ,
 * so that they are never both zero.
 */
function seededState(seed: number): Int32Array {
  const words = [1n, 2n].flatMap((draw) => {
    let z = BigInt.asUintN(64, BigInt(seed) + draw * 0x9e3779b97f4a7c15n);
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    z ^= z >> 31n;
    return [Number(z & 0xffffffffn), Number(z >> 32n)];
  });
  return Int32Array.from(words);
}

/**
 * The step is linear over GF(2): a 128 × 128 bit matrix, held as the images of the 128 unit vectors, four words each.
 */
type BitMatrix = Int32Array;

/** Entry k is the matrix of 2^(64 + k) steps; filled when first asked for, 15 ms for the first 64 squarings. */
const jumpMatrices: BitMatrix[] = [];

function jumpMatrix(k: number): BitMatrix {
  while (jumpMatrices.length <= k) {
    const last = jumpMatrices.at(-1);
    let matrix = last ? squared(last) : stepMatrix();
    if (!last) for (let squaring = 0; squaring < 64; squaring++) matrix = squared(matrix);
    jumpMatrices.push(matrix);
  }
  return jumpMatrices[k]!;
}

function stepMatrix(): BitMatrix {
  const matrix = new Int32Array(512);
  for (let bit = 0; bit < 128; bit++) {
    matrix[4 * bit + (bit >> 5)] = 1 << (bit & 31);
    nextInt32(matrix.subarray(4 * bit, 4 * bit + 4));
  }
  return matrix;
}

function squared(matrix: BitMatrix): BitMatrix {
  const square = new Int32Array(512);
  for (let at = 0; at < 512; at += 4) square.set(product(matrix, matrix.subarray(at, at + 4)), at);
  return square;
}

function product(matrix: BitMatrix, vector: Int32Array): Int32Array {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let bit = 0; bit < 128; bit++) {
    const mask = -((vector[bit >> 5]! >>> (bit & 31)) & 1); // all ones where the bit is set
    const at = 4 * bit;
    a ^= matrix[at]! & mask;
    b ^= matrix[at + 1]! & mask;
    c ^= matrix[at + 2]! & mask;
    d ^= matrix[at + 3]! & mask;
  }
  return Int32Array.of(a, b, c, d);
}

/** The state count · 2^(64 + k) steps on. */
function jump(state: Int32Array, count: number, k: number): Int32Array {
  if (count === 0) return state;
  const moved = count % 2 === 0 ? state : product(jumpMatrix(k), state);
  return jump(moved, Math.floor(count / 2), k + 1);
}
