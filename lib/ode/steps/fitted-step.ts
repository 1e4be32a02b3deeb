/**
 * A step that ends on a double: from `time` to `until` exactly where it is the last, else to the double nearest to time + h. So a
 * step can be made again from its ends, to the last bit, and its last stage is never beyond `until`.
 */
export function fittedStep(time: number, h: number, isLast: boolean, until: number): number {
  const fitted = (isLast ? until : time + h) - time;
  // Where the difference was rounded up, time + fitted may be one unit beyond.
  return time + fitted > until ? fitted * (1 - Number.EPSILON) : fitted;
}
