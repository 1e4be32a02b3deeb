import * as Plot from '@observablehq/plot';
import { DOMParser } from 'linkedom';

/** What figures use of the elements that Plot makes; the types of a browser are not loaded. */
export interface Picture {
  readonly textContent: string;
  readonly innerHTML: string;
  outerHTML: string;
  readonly parentElement: Picture | null;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Picture>;
}

const document = new DOMParser().parseFromString(
  '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'image/svg+xml',
);

/** Draws with Observable Plot, without a browser. */
export function draw(options: Plot.PlotOptions): Picture {
  return Plot.plot({ ...options, document }) as Picture;
}

/** A mark of one line of text, which is markup, with its base line at its place. */
export function textMark(label: string, options: Plot.TextOptions): Plot.Markish {
  // Plot would break the line at a line feed.
  return Plot.text([label.replace(/\s/gu, ' ')], { lineAnchor: 'bottom', ...options });
}

/** A place in points for a channel of Plot that otherwise takes data. */
export const inPoints = (value: number): Plot.ChannelValueSpec => ({ value: [value], scale: null });
