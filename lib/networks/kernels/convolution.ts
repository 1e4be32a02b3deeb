/**
 * A 3 × 3 convolution without bias, by an implicit matrix product: 6 positions times 8 channels at a time, in 12 registers.
 *
 * All numbers are float32. Images lie one after another, [row][column][channel], input images with a border of zeros one pixel wide;
 * weights [row][column][input][output]. The number of outputs is a multiple of 8.
 */

const TILE = 6;

/** The address of a position's 3 × 3 patch, the position counted over all images. */
function patch(x: usize, position: i32, height: i32, width: i32, inputs: i32): usize {
  const row = position / width;
  const column = position - row * width;
  const image = row / height;
  // A border above and below each image.
  const padded = (row + 2 * image) * (width + 2) + column;
  return x + ((<usize>(padded * inputs)) << 2);
}

/** out = x ∗ weights; out has no border. */
export function convolve(
  x: usize,
  weights: usize,
  out: usize,
  images: i32,
  height: i32,
  width: i32,
  inputs: i32,
  outputs: i32,
): void {
  const last = images * height * width - 1;
  const stride = (<usize>outputs) << 2;
  for (let p = 0; p <= last; p += TILE) {
    const x0 = patch(x, p, height, width, inputs);
    // The last tile computes its last position several times.
    const x1 = patch(x, min(p + 1, last), height, width, inputs);
    const x2 = patch(x, min(p + 2, last), height, width, inputs);
    const x3 = patch(x, min(p + 3, last), height, width, inputs);
    const x4 = patch(x, min(p + 4, last), height, width, inputs);
    const x5 = patch(x, min(p + 5, last), height, width, inputs);
    for (let channel: usize = 0; channel < stride; channel += 32) {
      let a0 = f32x4.splat(0),
        b0 = f32x4.splat(0);
      let a1 = f32x4.splat(0),
        b1 = f32x4.splat(0);
      let a2 = f32x4.splat(0),
        b2 = f32x4.splat(0);
      let a3 = f32x4.splat(0),
        b3 = f32x4.splat(0);
      let a4 = f32x4.splat(0),
        b4 = f32x4.splat(0);
      let a5 = f32x4.splat(0),
        b5 = f32x4.splat(0);
      let w = weights + channel;
      let row: usize = 0;
      for (let i = 0; i < 3; i++) {
        const end = row + ((<usize>(3 * inputs)) << 2);
        for (let k = row; k < end; k += 4) {
          const wa = v128.load(w);
          const wb = v128.load(w, 16);
          w += stride;
          let s = v128.load32_splat(x0 + k);
          a0 = f32x4.add(a0, f32x4.mul(s, wa));
          b0 = f32x4.add(b0, f32x4.mul(s, wb));
          s = v128.load32_splat(x1 + k);
          a1 = f32x4.add(a1, f32x4.mul(s, wa));
          b1 = f32x4.add(b1, f32x4.mul(s, wb));
          s = v128.load32_splat(x2 + k);
          a2 = f32x4.add(a2, f32x4.mul(s, wa));
          b2 = f32x4.add(b2, f32x4.mul(s, wb));
          s = v128.load32_splat(x3 + k);
          a3 = f32x4.add(a3, f32x4.mul(s, wa));
          b3 = f32x4.add(b3, f32x4.mul(s, wb));
          s = v128.load32_splat(x4 + k);
          a4 = f32x4.add(a4, f32x4.mul(s, wa));
          b4 = f32x4.add(b4, f32x4.mul(s, wb));
          s = v128.load32_splat(x5 + k);
          a5 = f32x4.add(a5, f32x4.mul(s, wa));
          b5 = f32x4.add(b5, f32x4.mul(s, wb));
        }
        row += (<usize>((width + 2) * inputs)) << 2;
      }
      const o = out + channel;
      store2(o + <usize>p * stride, a0, b0);
      store2(o + <usize>min(p + 1, last) * stride, a1, b1);
      store2(o + <usize>min(p + 2, last) * stride, a2, b2);
      store2(o + <usize>min(p + 3, last) * stride, a3, b3);
      store2(o + <usize>min(p + 4, last) * stride, a4, b4);
      store2(o + <usize>min(p + 5, last) * stride, a5, b5);
    }
  }
}

function store2(to: usize, a: v128, b: v128): void {
  v128.store(to, a);
  v128.store(to, b, 16);
}
