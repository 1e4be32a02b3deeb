/** A recipe of one panel that shows y against x, with the given curves. */
export function recipeOf(curves: Record<string, object>, more: object = {}): Record<string, unknown> {
  const look = { label: 'a curve', color: 'blue' };
  return {
    kind: 'figure',
    title: 'A figure',
    columns: 1,
    panelWidth: 200,
    panelHeight: 150,
    curves: Object.fromEntries(Object.entries(curves).map(([name, curve]) => [name, { ...look, ...curve }])),
    panels: [
      {
        x: { quantity: 'x', label: 'x' },
        y: { quantity: 'y', label: 'y' },
        curves: Object.keys(curves),
      },
    ],
    ...more,
  };
}
