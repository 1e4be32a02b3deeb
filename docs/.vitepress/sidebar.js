// The sidebar, from the pages that are there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { titleOf } from '../../.config/markdown-links.js';
import { pages } from './build/places.js';
import { rooms } from './build/rooms.js';

/** Pages of a folder whose place is not given: after the others, by name. */
const REST = '*';
const groups = [
  {
    text: 'Guide',
    folder: 'guide/',
    names: [
      'index',
      'first-curve',
      'own-rule',
      'own-activation',
      'maximum-learning-rates',
      'gamma-decay',
      'training-sets',
      'training-networks',
      'error-bands',
      'sweeps',
      'figures',
      REST,
    ],
  },
  {
    text: 'Theory',
    folder: 'theory/',
    names: [
      'index',
      'averages',
      'dynamics',
      'batch-normalization',
      'learning-rates',
      'regularization',
      'generalization',
      'fluctuations',
      'networks',
      REST,
    ],
  },
  { text: 'Findings', folder: 'findings/', names: ['index', 'paper', REST] },
  {
    text: 'Reference',
    folder: 'reference/',
    names: ['index', 'commands', 'rooms', 'solvers', 'accuracy', 'monte-carlo', REST],
  },
  { text: 'API', folder: 'api/', names: ['index', ...rooms.map(({ name }) => name)] },
  { text: 'Examples', folder: '', names: ['examples'] },
  { text: 'Project', folder: '', names: ['contributing', 'changelog', 'citation', 'license'] },
].map(({ text, folder, names }) => ({ text, pages: names.map((name) => folder + name) }));
const placed = new Set(['index', ...groups.flatMap((group) => group.pages)]);

function namesIn(folder) {
  const path = `${pages}/${folder}`;
  const files = existsSync(path) ? readdirSync(path) : [];
  return files.filter((name) => name.endsWith('.md')).map((name) => folder + name.replace(/\.md$/, ''));
}

function expanded(name) {
  if (!name.endsWith(REST)) return existsSync(`${pages}/${name}.md`) ? [name] : [];
  return namesIn(name.slice(0, -REST.length)).filter((other) => !placed.has(other));
}

/** The groups with a link to each page, named by its first heading; groups without pages are left out. */
export function sidebar() {
  return groups
    .map(({ text, pages: names }) => ({
      text,
      collapsed: false,
      items: names.flatMap(expanded).map((name) => ({
        text: titleOf(readFileSync(`${pages}/${name}.md`, 'utf8')) ?? name,
        link: `/${name.replace(/index$/, '')}`,
      })),
    }))
    .filter(({ items }) => items.length > 0);
}

/** The first page of every group but the last, for the bar at the top. */
export function navigation() {
  return sidebar()
    .slice(0, -1)
    .map(({ text, items }) => ({ text, link: items[0].link }));
}
