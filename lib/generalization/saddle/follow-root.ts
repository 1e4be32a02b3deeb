const FIRST_SHARE = 0.25;
const LEAST_SHARE = 1e-3;
const MOST_STEPS = 60;

/**
 * Follows a root along a parameter from one value to another; undefined where it is lost.
 *
 * Each step starts from the line through the last two roots. A step that fails is halved, the next after one that did not is doubled.
 *
 * @param solve the root at a parameter, looked for from a start
 * @param root the root at `from`
 */
export function followRoot(
  solve: (parameter: number, start: Float64Array) => Float64Array | undefined,
  from: number,
  root: Float64Array,
  to: number,
): Float64Array | undefined {
  let [last, at] = [root, from];
  let slope = new Float64Array(root.length);
  let step = FIRST_SHARE * (to - from);
  for (let count = 0; count < MOST_STEPS; count++) {
    const ends = Math.abs(step) >= Math.abs(to - at);
    const next = ends ? to : at + step;
    const found = solve(
      next,
      last.map((value, i) => value + (next - at) * slope[i]!),
    );
    if (found === undefined) {
      step = (next - at) / 2;
      if (Math.abs(step) < LEAST_SHARE * Math.abs(to - from)) return undefined;
      continue;
    }
    if (ends) return found;
    const length = next - at;
    slope = found.map((value, i) => (value - last[i]!) / length);
    [last, at] = [found, next];
    step = 2 * length;
  }
  return undefined;
}
