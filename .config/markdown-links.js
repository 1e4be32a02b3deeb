// Links, headings and anchors of a Markdown page, as far as pages of this repository use them.

// Code and formulas, in which brackets are no links. A formula may run over lines but not over an empty one.
const OPAQUE = /^```[\s\S]*?^```|`[^`\n]*`|\$\$[\s\S]*?\$\$|\$(?:[^$\n]|\n(?!\s*\n))+?\$/gm;
const LINK = /(!?)\[((?:[^[\]]|\[[^[\]]*\])*)\]\(([^()\s]+)\)/g;

/** The page with every code block, code word and formula blotted out, at its old length. */
function blotted(text) {
  return text.replace(OPAQUE, (piece) => piece.replace(/[^\n]/g, '\0'));
}

/** The page with every link, outside code and formulas, replaced by what `replacement` makes of it. */
export function mapLinks(text, replacement) {
  let out = '';
  let done = 0;
  for (const match of blotted(text).matchAll(LINK)) {
    const [whole, mark, words, target] = match;
    const start = match.index + mark.length + 1;
    const label = text.slice(start, start + words.length);
    const original = text.slice(match.index, match.index + whole.length);
    out += text.slice(done, match.index) + replacement({ isImage: mark === '!', label, target, original });
    done = match.index + whole.length;
  }
  return out + text.slice(done);
}

/** The links and images of a page. */
export function linksOf(text) {
  const links = [];
  mapLinks(text, (link) => {
    links.push(link);
    return '';
  });
  return links;
}

/** The anchor that repository hosts give a heading, and the site too: lower case, punctuation gone, blanks to hyphens. */
export function slug(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** The text of the first heading, without marks of code and emphasis. */
export function titleOf(text) {
  return /^# (.*)$/m.exec(text)?.[1].replace(/[`*\\]/g, '');
}

/** The anchors of a page; a heading that comes again is numbered. */
export function anchorsOf(text) {
  const withoutCode = text.replace(/^```[\s\S]*?^```/gm, '');
  const seen = new Map();
  const anchors = new Set();
  for (const [, heading] of withoutCode.matchAll(/^#{1,6} (.*)$/gm)) {
    const plain = slug(heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'));
    const count = seen.get(plain) ?? 0;
    seen.set(plain, count + 1);
    anchors.add(count === 0 ? plain : `${plain}-${count}`);
  }
  return anchors;
}
