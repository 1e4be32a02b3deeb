import type * as Plot from '@observablehq/plot';
import { directLabels, inkOf, referenceLabels } from './labels.js';
import type { PanelLayout } from './layout.js';
import { legendOf } from './legend.js';
import { leastCovering, pointsIn } from './place.js';

/**
 * The words inside a frame: labels beside curves, labels of reference lines, the legend. Each keeps off the data and the
 * words before it; a legend that can go anywhere comes last. A label beside a curve that is not to be seen, or has no
 * room there, is a row of the legend; that of a reference line is left out.
 */
export function wordMarks(layout: PanelLayout): Plot.Markish[] {
  const direct = directLabels(layout);
  const written = direct.map(({ owner }) => owner);
  const legend = legendOf(layout, written);
  const labels = [...direct, ...referenceLabels(layout)];
  const ink = inkOf(layout);
  const inTurn = layout.panel.legend === undefined ? [...labels, ...legend] : [...legend, ...labels];
  return inTurn.flatMap((words) => {
    const box = leastCovering(words, ink);
    if (box === undefined) return [];
    ink.push(...pointsIn(box));
    return words.draw(box);
  });
}
