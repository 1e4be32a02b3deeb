/**
 * The gradient of a convolution's weights: gradient[k][c] = Σ x[p + k] d[p][c] over all positions p of all images, k one of the
 * 9 · inputs places of a patch. 6 places (3 where 6 do not divide a row of the patch) times 8 channels at a time, in registers over
 * an image. Both x and d have a border one pixel wide, that of x of zeros, that of d not read.
 */
export function weightGradient(
  x: usize,
  d: usize,
  gradient: usize,
  images: i32,
  height: i32,
  width: i32,
  inputs: i32,
  outputs: i32,
): void {
  const stride = (<usize>outputs) << 2;
  const xPixel = (<usize>inputs) << 2;
  const run = xPixel * 3;
  const tile: usize = run % 24 == 0 ? 24 : 12;
  const xRow = <usize>(width + 2) * xPixel;
  const dRow = <usize>(width + 2) * stride;
  memory.fill(gradient, 0, 3 * run * (stride >> 2));
  for (let image = 0; image < images; image++) {
    const xImage = x + <usize>image * <usize>(height + 2) * xRow;
    const dImage = d + <usize>image * <usize>(height + 2) * dRow + dRow + stride;
    for (let i: usize = 0; i < 3; i++) {
      for (let k: usize = 0; k < run; k += tile) {
        const to = gradient + ((i * run + k) >> 2) * stride;
        for (let c: usize = 0; c < stride; c += 32) {
          const from = xImage + i * xRow + k;
          if (tile == 24) addTile6(from, dImage + c, to + c, height, width, xPixel, stride);
          else addTile3(from, dImage + c, to + c, height, width, xPixel, stride);
        }
      }
    }
  }
}

function addTile6(
  x: usize,
  d: usize,
  to: usize,
  height: i32,
  width: i32,
  xPixel: usize,
  stride: usize,
): void {
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
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const da = v128.load(d);
      const db = v128.load(d, 16);
      let s = v128.load32_splat(x);
      a0 = f32x4.add(a0, f32x4.mul(s, da));
      b0 = f32x4.add(b0, f32x4.mul(s, db));
      s = v128.load32_splat(x, 4);
      a1 = f32x4.add(a1, f32x4.mul(s, da));
      b1 = f32x4.add(b1, f32x4.mul(s, db));
      s = v128.load32_splat(x, 8);
      a2 = f32x4.add(a2, f32x4.mul(s, da));
      b2 = f32x4.add(b2, f32x4.mul(s, db));
      s = v128.load32_splat(x, 12);
      a3 = f32x4.add(a3, f32x4.mul(s, da));
      b3 = f32x4.add(b3, f32x4.mul(s, db));
      s = v128.load32_splat(x, 16);
      a4 = f32x4.add(a4, f32x4.mul(s, da));
      b4 = f32x4.add(b4, f32x4.mul(s, db));
      s = v128.load32_splat(x, 20);
      a5 = f32x4.add(a5, f32x4.mul(s, da));
      b5 = f32x4.add(b5, f32x4.mul(s, db));
      x += xPixel;
      d += stride;
    }
    x += 2 * xPixel;
    d += 2 * stride;
  }
  add2(to, a0, b0);
  add2(to + stride, a1, b1);
  add2(to + 2 * stride, a2, b2);
  add2(to + 3 * stride, a3, b3);
  add2(to + 4 * stride, a4, b4);
  add2(to + 5 * stride, a5, b5);
}

function addTile3(
  x: usize,
  d: usize,
  to: usize,
  height: i32,
  width: i32,
  xPixel: usize,
  stride: usize,
): void {
  let a0 = f32x4.splat(0),
    b0 = f32x4.splat(0);
  let a1 = f32x4.splat(0),
    b1 = f32x4.splat(0);
  let a2 = f32x4.splat(0),
    b2 = f32x4.splat(0);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const da = v128.load(d);
      const db = v128.load(d, 16);
      let s = v128.load32_splat(x);
      a0 = f32x4.add(a0, f32x4.mul(s, da));
      b0 = f32x4.add(b0, f32x4.mul(s, db));
      s = v128.load32_splat(x, 4);
      a1 = f32x4.add(a1, f32x4.mul(s, da));
      b1 = f32x4.add(b1, f32x4.mul(s, db));
      s = v128.load32_splat(x, 8);
      a2 = f32x4.add(a2, f32x4.mul(s, da));
      b2 = f32x4.add(b2, f32x4.mul(s, db));
      x += xPixel;
      d += stride;
    }
    x += 2 * xPixel;
    d += 2 * stride;
  }
  add2(to, a0, b0);
  add2(to + stride, a1, b1);
  add2(to + 2 * stride, a2, b2);
}

function add2(to: usize, a: v128, b: v128): void {
  v128.store(to, f32x4.add(v128.load(to), a));
  v128.store(to, f32x4.add(v128.load(to, 16), b), 16);
}
