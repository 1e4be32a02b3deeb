/** Sorted edges from −bound to bound, with `points` and no panel wider than `widest`. */
export function panelEdges(points: readonly number[], bound: number, widest: number): number[] {
  const inside = points.filter((point) => point > -bound && point < bound).sort((a, b) => a - b);
  const edges = [-bound];
  for (const point of [...inside, bound]) {
    const from = edges.at(-1)!;
    if (point - from < 1e-14 * bound) continue;
    const pieces = Math.ceil((point - from) / widest);
    for (let piece = 1; piece < pieces; piece++) edges.push(from + ((point - from) * piece) / pieces);
    edges.push(point);
  }
  return edges;
}
