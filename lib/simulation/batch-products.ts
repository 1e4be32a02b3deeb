// Products of a batch of inputs with the weights. Two inputs at a time: additions of one sum wait for one another, those of
// several overlap, and the weights are read and written half as often. The sums keep the order of their terms, so that
// numbers do not depend on the pairing.

/** Writes x_i·1 to `sums` and x_i·w to `products`. */
export function writeProducts(
  weights: Float64Array,
  inputs: readonly Float64Array[],
  sums: Float64Array,
  products: Float64Array,
): void {
  const last = inputs.length - 1;
  for (let i = 0; i < last; i += 2) writePair(weights, inputs[i]!, inputs[i + 1]!, i, sums, products);
  if (last % 2 === 0) writeSingle(weights, inputs[last]!, last, sums, products);
}

function writePair(
  weights: Float64Array,
  x: Float64Array,
  y: Float64Array,
  i: number,
  sums: Float64Array,
  products: Float64Array,
): void {
  let sumX = 0;
  let sumY = 0;
  let productX = 0;
  let productY = 0;
  for (let k = 0; k < weights.length; k++) {
    const w = weights[k]!;
    sumX += x[k]!;
    sumY += y[k]!;
    productX += w * x[k]!;
    productY += w * y[k]!;
  }
  sums[i] = sumX;
  sums[i + 1] = sumY;
  products[i] = productX;
  products[i + 1] = productY;
}

function writeSingle(
  weights: Float64Array,
  x: Float64Array,
  i: number,
  sums: Float64Array,
  products: Float64Array,
): void {
  let sum = 0;
  let product = 0;
  for (let k = 0; k < weights.length; k++) {
    sum += x[k]!;
    product += weights[k]! * x[k]!;
  }
  sums[i] = sum;
  products[i] = product;
}

/**
 * w ← scale·w + Σ_i c_i x_i.
 *
 * @returns ‖w‖² of the new weights
 */
export function updateWeights(
  weights: Float64Array,
  scale: number,
  inputs: readonly Float64Array[],
  coefficients: Float64Array,
): number {
  const last = inputs.length - 1;
  let square = 0;
  for (let i = 0; i <= last; i += 2) {
    const before = i === 0 ? scale : 1;
    const x = inputs[i]!;
    const a = coefficients[i]!;
    square = 0;
    if (i === last) {
      for (let k = 0; k < weights.length; k++) {
        const w = before * weights[k]! + a * x[k]!;
        weights[k] = w;
        square += w * w;
      }
    } else {
      const y = inputs[i + 1]!;
      const b = coefficients[i + 1]!;
      for (let k = 0; k < weights.length; k++) {
        const w = before * weights[k]! + a * x[k]! + b * y[k]!;
        weights[k] = w;
        square += w * w;
      }
    }
  }
  return square;
}
