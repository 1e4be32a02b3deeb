function anglesOf(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, j) => (Math.PI * (j + 0.5)) / count);
}

/** Chebyshev points of the first kind, cos(π(j + ½)/n), decreasing. */
export function chebyshevPoints(count: number): Float64Array {
  return anglesOf(count).map(Math.cos);
}

/** Row k: the weights of the values at the points in the coefficient of T_k of their interpolant. */
export function chebyshevTransform(count: number): Float64Array {
  const weights = new Float64Array(count * count);
  // Of the angles as they are rounded at the points.
  anglesOf(count).forEach((angle, j) => {
    for (let k = 0; k < count; k++)
      weights[k * count + j] = ((k === 0 ? 1 : 2) * Math.cos(k * angle)) / count;
  });
  return weights;
}

/** Writes the weights with which the values at the points interpolate at t in [−1, 1], by the barycentric formula. */
export function chebyshevWeights(count: number): (t: number, out: Float64Array) => void {
  const points = chebyshevPoints(count);
  const barycentric = anglesOf(count).map((angle, j) => (j % 2 === 0 ? 1 : -1) * Math.sin(angle));
  return (t, out) => {
    let sum = 0;
    for (let j = 0; j < count; j++) {
      const distance = t - points[j]!;
      if (distance === 0) {
        out.fill(0);
        out[j] = 1;
        return;
      }
      out[j] = barycentric[j]! / distance;
      sum += out[j]!;
    }
    for (let j = 0; j < count; j++) out[j] = out[j]! / sum;
  };
}

/** Σ c_k T_k(x) by Clenshaw's recurrence; the coefficients stand in so many places from `first` on. */
export function chebyshevSum(coefficients: Float64Array, first: number, terms: number, x: number): number {
  let next = 0;
  let sum = 0;
  for (let k = first + terms - 1; k > first; k--) {
    const before = next;
    next = sum;
    sum = coefficients[k]! + 2 * x * next - before;
  }
  return coefficients[first]! + x * sum - next;
}
