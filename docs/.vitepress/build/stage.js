// Lays out the pages of the site: those of docs at their places, README as the home page, a few files of the repository.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path/posix';
import { isExternal, pagesOf } from '../../../.config/check-links.js';
import { mapLinks } from '../../../.config/markdown-links.js';
import { commandsPage } from './commands-page.js';
import { examplesPage } from './examples.js';
import { pages, root } from './places.js';

const repositoryFiles = {
  'README.md': 'index.md',
  'CONTRIBUTING.md': 'contributing.md',
  'CHANGELOG.md': 'changelog.md',
  'benchmarks/README.md': 'reference/benchmarks.md',
  LICENSE: 'license.md',
  'CITATION.cff': 'citation.md',
};

/** The place in the site of a file of the repository, where it has one. */
function placeOf(file) {
  if (file in repositoryFiles) return repositoryFiles[file];
  const example = /^docs\/examples\/(?:(.*)\.ts)?$/.exec(`${file}${file === 'docs/examples' ? '/' : ''}`);
  if (example) return example[1] ? `examples.md#${example[1]}` : 'examples.md';
  return /^docs\/.*\.(md|svg)$/.test(file) ? file.replace(/^docs\//, '') : undefined;
}

/** The words of a link whose target the site does not hold: the path as code, which needs no address of the repository. */
function asCode(label, file) {
  return label.replaceAll('`', '').trim() === file ? `\`${file}\`` : `${label} (\`${file}\`)`;
}

/** The page with links as they must be at its place in the site. */
function relinked(file, text) {
  const from = dirname(placeOf(file));
  return mapLinks(text, ({ isImage, label, target, original }) => {
    if (isExternal(target) || target.startsWith('#')) return original;
    const [path, anchor] = target.split('#');
    const linked = normalize(join(dirname(file), path)).replace(/\/$/, '');
    const place = placeOf(linked);
    if (place === undefined) return asCode(label, linked);
    const way = relative(from, place);
    const link = `${way.startsWith('.') ? '' : './'}${way}${anchor === undefined ? '' : `#${anchor}`}`;
    return `${isImage ? '!' : ''}[${label}](${link})`;
  });
}

function write(place, text) {
  mkdirSync(dirname(`${pages}/${place}`), { recursive: true });
  writeFileSync(`${pages}/${place}`, text);
}

/** Writes all pages but the API reference. */
export async function stagePages() {
  rmSync(pages, { recursive: true, force: true });
  const read = (file) => readFileSync(`${root}${file}`, 'utf8');
  for (const file of pagesOf(root)) write(placeOf(file), relinked(file, read(file)));
  write(placeOf('LICENSE'), `# Licence\n\n${read('LICENSE')}`);
  write(placeOf('CITATION.cff'), `# Citation\n\n\`\`\`yaml\n${read('CITATION.cff')}\`\`\`\n`);
  write('reference/commands.md', await commandsPage());
  const examples = examplesPage();
  if (examples !== undefined) write('examples.md', examples);
  for (const folder of ['figures', 'reference']) {
    mkdirSync(`${pages}/${folder}`, { recursive: true });
    for (const name of readdirSync(`${root}docs/${folder}`).filter((name) => name.endsWith('.svg')))
      copyFileSync(`${root}docs/${folder}/${name}`, `${pages}/${folder}/${name}`);
  }
}
