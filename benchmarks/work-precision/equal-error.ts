import type { WorkPrecisionPoint } from './measure-run.js';

/**
 * The cost at which a method achieves an error: on log scales, along the lower left hull of its points (for each error the
 * least cost at which it or a smaller one was achieved), interpolated between neighbours. Undefined outside of what it achieved.
 */
export function costAtError(
  points: readonly WorkPrecisionPoint[],
  cost: 'milliseconds' | 'evaluations',
  error: number,
): number | undefined {
  const front: { error: number; cost: number }[] = [];
  const achieved = points
    .flatMap((point) => (point.error === null ? [] : [{ error: point.error, cost: point[cost]! }]))
    .sort((a, b) => a.cost - b.cost || a.error - b.error);
  for (const point of achieved) if (point.error < (front.at(-1)?.error ?? Infinity)) front.push(point);
  const index = front.findIndex((point) => point.error <= error);
  if (index < 0) return undefined;
  const at = front[index];
  // The coarsest run may already be better than asked: it is what one would run.
  if (index === 0 || at.error === 0) return at.cost;
  const before = front[index - 1];
  const share = Math.log(before.error / error) / Math.log(before.error / at.error);
  return before.cost * (at.cost / before.cost) ** share;
}
