/**
 * What follows a convolution in a block: y = scale · h + offset for every image and channel, ReLU, the maximum over windows of
 * 2 × 2 pixels, dropout; and back. h has no border, what goes to the next convolution has one. A row or column that no window
 * holds is left out. Sums are taken in double precision. The number of channels is a multiple of 8.
 */

/** sum[image][c] = Σ h, square[image][c] = Σ h² over the positions of an image. */
export function moments(
  h: usize,
  sum: usize,
  square: usize,
  images: i32,
  positions: i32,
  channels: i32,
): void {
  const pixel = (<usize>channels) << 2;
  for (let image = 0; image < images; image++) {
    for (let c: usize = 0; c < pixel; c += 16) {
      let low = f64x2.splat(0),
        high = f64x2.splat(0);
      let low2 = f64x2.splat(0),
        high2 = f64x2.splat(0);
      let at = h + c;
      for (let p = 0; p < positions; p++) {
        const value = v128.load(at);
        const a = lowHalf(value);
        const b = highHalf(value);
        low = f64x2.add(low, a);
        high = f64x2.add(high, b);
        low2 = f64x2.add(low2, f64x2.mul(a, a));
        high2 = f64x2.add(high2, f64x2.mul(b, b));
        at += pixel;
      }
      storeHalves(sum + 2 * c, low, high);
      storeHalves(square + 2 * c, low2, high2);
    }
    h += <usize>positions * pixel;
    sum += 2 * pixel;
    square += 2 * pixel;
  }
}

function lowHalf(value: v128): v128 {
  return f64x2.promote_low_f32x4(value);
}

function highHalf(value: v128): v128 {
  return f64x2.promote_low_f32x4(i32x4.shuffle(value, value, 2, 3, 2, 3));
}

function storeHalves(to: usize, low: v128, high: v128): void {
  v128.store(to, low);
  v128.store(to, high, 16);
}

function affine(h: usize, scale: v128, offset: v128): v128 {
  return f32x4.add(f32x4.mul(v128.load(h), scale), offset);
}

/**
 * out = mask · the maximum of ReLU(scale · h + offset) over each window; out has a border of that many pixels, which is not
 * written. Without dropout mask is 0.
 */
export function activate(
  h: usize,
  scale: usize,
  offset: usize,
  mask: usize,
  out: usize,
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  border: i32,
): void {
  const pixel = (<usize>channels) << 2;
  const row = <usize>width * pixel;
  const zero = f32x4.splat(0);
  const outRow = <usize>(width / 2 + 2 * border) * pixel;
  for (let image = 0; image < images; image++) {
    for (let i = 0; i < height / 2; i++) {
      const from = h + <usize>(2 * i) * row;
      const to = out + <usize>(i + border) * outRow + <usize>border * pixel;
      for (let j = 0; j < width / 2; j++) {
        for (let c: usize = 0; c < pixel; c += 16) {
          const at = from + <usize>(2 * j) * pixel + c;
          const a = v128.load(scale + c);
          const b = v128.load(offset + c);
          let most = f32x4.max(affine(at, a, b), affine(at + pixel, a, b));
          most = f32x4.max(most, f32x4.max(affine(at + row, a, b), affine(at + row + pixel, a, b)));
          most = f32x4.max(most, zero);
          if (mask != 0) {
            most = f32x4.mul(most, v128.load(mask + c));
          }
          v128.store(to + <usize>j * pixel + c, most);
        }
        if (mask != 0) mask += pixel;
      }
    }
    h += <usize>height * row;
    out += <usize>(height / 2 + 2 * border) * outRow;
    scale += pixel;
    offset += pixel;
  }
}

/**
 * d = ∂loss/∂y from that of what `activate` gave: it goes to the first of a window's largest pixels where that is > 0. d has a border
 * one pixel wide, which is not written. sum[image][c] = Σ d, product[image][c] = Σ d h.
 */
export function activateBack(
  above: usize,
  h: usize,
  scale: usize,
  offset: usize,
  mask: usize,
  d: usize,
  sum: usize,
  product: usize,
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
): void {
  const pixel = (<usize>channels) << 2;
  const row = <usize>width * pixel;
  const dRow = <usize>(width + 2) * pixel;
  memory.fill(d, 0, <usize>images * <usize>(height + 2) * dRow);
  memory.fill(sum, 0, <usize>images * 2 * pixel);
  memory.fill(product, 0, <usize>images * 2 * pixel);
  const zero = f32x4.splat(0);
  for (let image = 0; image < images; image++) {
    for (let i = 0; i < height / 2; i++) {
      const from = h + <usize>(2 * i) * row;
      const to = d + <usize>(2 * i + 1) * dRow + pixel;
      for (let j = 0; j < width / 2; j++) {
        for (let c: usize = 0; c < pixel; c += 16) {
          const at = from + <usize>(2 * j) * pixel + c;
          const into = to + <usize>(2 * j) * pixel + c;
          const a = v128.load(scale + c);
          const b = v128.load(offset + c);
          const y0 = affine(at, a, b);
          const y1 = affine(at + pixel, a, b);
          const y2 = affine(at + row, a, b);
          const y3 = affine(at + row + pixel, a, b);
          const most = f32x4.max(f32x4.max(y0, y1), f32x4.max(y2, y3));
          let g = v128.and(v128.load(above + c), f32x4.gt(most, zero));
          if (mask != 0) g = f32x4.mul(g, v128.load(mask + c));
          let left = g;
          const g0 = v128.and(left, f32x4.eq(y0, most));
          left = v128.andnot(left, f32x4.eq(y0, most));
          const g1 = v128.and(left, f32x4.eq(y1, most));
          left = v128.andnot(left, f32x4.eq(y1, most));
          const g2 = v128.and(left, f32x4.eq(y2, most));
          const g3 = v128.andnot(left, f32x4.eq(y2, most));
          v128.store(into, g0);
          v128.store(into + pixel, g1);
          v128.store(into + dRow, g2);
          v128.store(into + dRow + pixel, g3);
          // One of the four is g, the others 0.
          let gh = f32x4.mul(g0, v128.load(at));
          gh = f32x4.add(gh, f32x4.mul(g1, v128.load(at + pixel)));
          gh = f32x4.add(gh, f32x4.mul(g2, v128.load(at + row)));
          gh = f32x4.add(gh, f32x4.mul(g3, v128.load(at + row + pixel)));
          addHalves(sum + 2 * c, g);
          addHalves(product + 2 * c, gh);
        }
        above += pixel;
        if (mask != 0) mask += pixel;
      }
    }
    h += <usize>height * row;
    d += <usize>(height + 2) * dRow;
    scale += pixel;
    offset += pixel;
    sum += 2 * pixel;
    product += 2 * pixel;
  }
}

function addHalves(to: usize, value: v128): void {
  v128.store(to, f64x2.add(v128.load(to), lowHalf(value)));
  v128.store(to, f64x2.add(v128.load(to, 16), highHalf(value)), 16);
}

/** d = slope · d + constant + coefficient · h inside its border: the gradient with respect to h. */
export function combine(
  d: usize,
  h: usize,
  slope: usize,
  constant: usize,
  coefficient: usize,
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
): void {
  const pixel = (<usize>channels) << 2;
  for (let image = 0; image < images; image++) {
    d += <usize>(width + 2) * pixel;
    for (let i = 0; i < height; i++) {
      d += pixel;
      for (let j = 0; j < width; j++) {
        for (let c: usize = 0; c < pixel; c += 16) {
          let value = f32x4.mul(v128.load(d + c), v128.load(slope + c));
          value = f32x4.add(value, v128.load(constant + c));
          value = f32x4.add(value, f32x4.mul(v128.load(h + c), v128.load(coefficient + c)));
          v128.store(d + c, value);
        }
        d += pixel;
        h += pixel;
      }
      d += pixel;
    }
    d += <usize>(width + 2) * pixel;
    slope += pixel;
    constant += pixel;
    coefficient += pixel;
  }
}
