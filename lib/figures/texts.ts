import type { Picture } from './draw.js';
import type { TextForm } from './text-form.js';
import { typeset } from './typeset.js';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML, control characters, which XML cannot hold, as spaces. */
export function escape(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').replace(/[&<>"]/gu, (character) => entities[character]!);
}

/** An attribute of the nearest element that has it, from the inside out. */
function inherited(node: Picture | null, name: string): string {
  return node === null ? '' : (node.getAttribute(name) ?? inherited(node.parentElement, name));
}

const anchors: Record<string, number> = { start: 0, middle: -0.5, end: -1 };

/** Sets the text of a picture that Plot drew, each `<text>` being markup, in the figure's own fonts. */
export function setTexts(picture: Picture, form: TextForm): void {
  for (const text of [...picture.querySelectorAll('text')]) {
    const size = Number(inherited(text, 'font-size'));
    const line = typeset(text.textContent, size, { bold: inherited(text, 'font-weight') === 'bold' });
    const x = anchors[inherited(text, 'text-anchor')]! * line.width;
    // Plot moves a base line by units of the size.
    const y = size * parseFloat(text.getAttribute('y') ?? '0');
    const attributes = `aria-label="${escape(line.source)}" transform="${text.getAttribute('transform')!}"`;
    text.outerHTML = form.write(line, x, y, attributes);
  }
}
