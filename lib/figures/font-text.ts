import type { TextForm } from './text-form.js';
import { escape } from './texts.js';

/** Text as words, whose font families are the names of our faces: for a reader that finds their fonts by these. */
export const fontText: TextForm = {
  write({ runs }, x, y, attributes) {
    const words = runs.map(
      (run) =>
        `<tspan x="${x + run.x}" y="${y + run.y}" font-family="${run.face}" font-size="${run.size}">${escape(run.text)}</tspan>`,
    );
    return `<text ${attributes} text-anchor="start" font-family="${runs[0]?.face ?? 'upright'}">${words.join('')}</text>`;
  },
  definitions: () => '',
};
