// Checks the built pages: links between them with their anchors, formulas left as they were written, and that nothing is
// loaded from another host.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { built } from './places.js';

const base = process.env.DOCS_BASE ?? '/';

/** The file of the site that a link leads to, and the anchor in it. */
function targetOf(page, href) {
  const [path, anchor] = href.split('#');
  const file =
    path === '' ? page : path.startsWith('/') ? path.slice(base.length) : join(dirname(page), path);
  const full = join(built, decodeURI(file));
  const index = existsSync(full) && statSync(full).isDirectory() ? '/index.html' : '';
  return { file: `${full}${index}`, anchor: anchor && decodeURIComponent(anchor) };
}

function problemsOf(page, html, idsOf) {
  const problems = [];
  for (const [, attributes] of html.matchAll(/<(?:script|img|link|source|iframe)\s([^>]*)>/g))
    if (/(?:src|href)="(?:https?:)?\/\//.test(attributes)) problems.push(`loads from the web: ${attributes}`);
  for (const [, href] of html.matchAll(/<a\s[^>]*?href="([^"]*)"/g)) {
    if (/^[a-z]+:/.test(href)) continue;
    const { file, anchor } = targetOf(page, href);
    if (!existsSync(file)) problems.push(`dead link ${href}`);
    else if (anchor && !idsOf(file).has(anchor)) problems.push(`no anchor ${href}`);
  }
  const words = html
    .replace(/<(pre|code|script|style|annotation)[\s>][\s\S]*?<\/\1>/g, '')
    .replace(/<\/(p|li|td|th|h\d)>/g, '\n')
    .replace(/<[^>]*>/g, '');
  // A dollar alone, as in the name of a test, is no formula.
  const unset = /.{0,40}\$[^$\n]*\$.{0,40}/.exec(words);
  if (unset) problems.push(`a formula was not set: ${unset[0]}`);
  return problems.map((problem) => `${page}: ${problem}`);
}

/** One line for each problem of the site. */
export function siteProblems() {
  const files = readdirSync(built, { recursive: true, encoding: 'utf8' });
  const known = new Map();
  const idsOf = (file) => {
    if (!known.has(file)) {
      const html = readFileSync(file, 'utf8');
      known.set(file, new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)));
    }
    return known.get(file);
  };
  const ofStyles = files
    .filter((name) => name.endsWith('.css'))
    .filter((name) => /url\(["']?(?:https?:)?\/\//.test(readFileSync(join(built, name), 'utf8')))
    .map((name) => `${name}: loads from the web`);
  const ofPages = files
    .filter((name) => name.endsWith('.html') && name !== '404.html')
    .flatMap((name) => problemsOf(name, readFileSync(join(built, name), 'utf8'), idsOf));
  return [...ofStyles, ...ofPages];
}
