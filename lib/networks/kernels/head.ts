/** The linear head: features × classes, weights [class][feature]. The number of features is a multiple of 8. */

/** out[image][class] = Σ x[image][f] weights[class][f]. */
export function head(x: usize, weights: usize, out: usize, images: i32, features: i32, classes: i32): void {
  const size = (<usize>features) << 2;
  for (let image = 0; image < images; image++) {
    let w = weights;
    for (let k = 0; k < classes; k++) {
      let a = f32x4.splat(0),
        b = f32x4.splat(0);
      for (let f: usize = 0; f < size; f += 32) {
        a = f32x4.add(a, f32x4.mul(v128.load(x + f), v128.load(w + f)));
        b = f32x4.add(b, f32x4.mul(v128.load(x + f, 16), v128.load(w + f, 16)));
      }
      a = f32x4.add(a, b);
      const sum = f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1);
      f32.store(out, sum + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3)));
      out += 4;
      w += size;
    }
    x += size;
  }
}

/** gradient[class][f] = Σ d[image][class] x[image][f], below[image][f] = Σ d[image][class] weights[class][f]. */
export function headBack(
  x: usize,
  weights: usize,
  d: usize,
  gradient: usize,
  below: usize,
  images: i32,
  features: i32,
  classes: i32,
): void {
  const size = (<usize>features) << 2;
  memory.fill(gradient, 0, <usize>classes * size);
  memory.fill(below, 0, <usize>images * size);
  for (let image = 0; image < images; image++) {
    for (let k = 0; k < classes; k++) {
      const g = v128.load32_splat(d);
      const w = weights + <usize>k * size;
      const to = gradient + <usize>k * size;
      for (let f: usize = 0; f < size; f += 16) {
        v128.store(to + f, f32x4.add(v128.load(to + f), f32x4.mul(g, v128.load(x + f))));
        v128.store(below + f, f32x4.add(v128.load(below + f), f32x4.mul(g, v128.load(w + f))));
      }
      d += 4;
    }
    x += size;
    below += size;
  }
}
