// Checks the links of README, CONTRIBUTING, CHANGELOG, docs and benchmarks/README: the file must be there, inside the repository, and an anchor must be that
// of a heading. Addresses of the web are left alone. `node .config/check-links.js` prints what is broken.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { anchorsOf, linksOf } from './markdown-links.js';

/** The pages written by hand, relative to the repository. */
export function pagesOf(root) {
  const docs = readdirSync(`${root}/docs`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !/^(node_modules|site|\.vitepress)\//.test(name))
    .map((name) => `docs/${name}`);
  return ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'benchmarks/README.md', ...docs.sort()];
}

/** Whether a target leads out of the repository to the web. */
export function isExternal(target) {
  return /^[a-z][a-z0-9+.-]*:/i.test(target);
}

/** What is wrong with a link of a page, or undefined. */
function problemOf(root, page, target) {
  if (isExternal(target)) return undefined;
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : normalize(join(dirname(page), decodeURI(path)));
  if (path.startsWith('/')) return 'is not relative';
  if (file.startsWith('..')) return 'leaves the repository';
  if (!existsSync(`${root}/${file}`)) return 'does not exist';
  if (anchor === undefined || anchor === '') return undefined;
  if (statSync(`${root}/${file}`).isDirectory() || !file.endsWith('.md'))
    return 'has an anchor but is no page';
  const anchors = anchorsOf(readFileSync(`${root}/${file}`, 'utf8'));
  return anchors.has(decodeURI(anchor)) ? undefined : 'has no heading with this anchor';
}

/** One line for each broken link: the page, the target and what is wrong. */
export function brokenLinks(root, pages = pagesOf(root)) {
  return pages.flatMap((page) =>
    linksOf(readFileSync(`${root}/${page}`, 'utf8')).flatMap(({ target }) => {
      const problem = problemOf(root, page, target);
      return problem === undefined ? [] : [`${page}: ${target} ${problem}`];
    }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const broken = brokenLinks(fileURLToPath(new URL('..', import.meta.url)));
  for (const line of broken) console.error(line);
  if (broken.length > 0) process.exit(1);
}
