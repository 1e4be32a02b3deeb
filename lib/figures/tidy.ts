import { createHash } from 'node:crypto';

/** Coordinates in tags to a hundredth of a point; words and scales are none. */
function rounded(svg: string): string {
  return svg.replace(/<[^>]*>/gu, (tag) =>
    tag.replace(/aria-label="[^"]*"|scale\([^)]*\)|\d+\.\d{3,}/gu, (part) =>
      /^\d/u.test(part) ? String(Number(Number(part).toFixed(2))) : part,
    ),
  );
}

/** Ticks of one kind, each a path of its own, as one path. */
function joinedTicks(ticks: string): string {
  const pieces = ticks.matchAll(/L([^"]*)" transform="translate\(([^)]*)\)/gu);
  return `<path d="${[...pieces].map(([, step, place]) => `M${place}l${step}`).join('')}"/>`;
}

/** What Plot wrote, without what the picture can do without; `clip` is the id of the clip of all curves. */
export function tidy(svg: string, clip: string): string {
  return (
    rounded(svg)
      .replace(/<style>[^]*<\/style>/u, '')
      .replace(/<clipPath.*?<\/clipPath>/u, '')
      .replace(/plot-clip-\d+/gu, clip)
      // Each text has a font of its own.
      .replace(/<g [^>]*>/gu, (tag) => tag.replace(/ (font-[a-z]+|text-anchor)="[^"]*"/gu, ''))
      .replace(/(?:<path d="M0,0L[^"]*" transform="translate\([^)]*\)" \/>)+/gu, joinedTicks)
  );
}

/** The picture with a mark made from its content before all ids, so that figures can share a page. */
export function withOwnIds(svg: string): string {
  const mark = createHash('sha256').update(svg).digest('hex').slice(0, 8);
  return svg.replace(/(?<= (?:id="|xlink:href="#|clip-path="url\(#))/gu, `f${mark}-`);
}
