// Makes docs/reference/rooms.md and its diagram from house.json and the imports of lib. `node docs/.vitepress/build/house-page.js`
// writes both; a spec checks that they are up to date.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { importsOfLibrary, roomOf, rooms, ROOT } from '../../../.config/house.js';
import { diagram } from './house-diagram.js';
import { root } from './places.js';

/** For each place of files, the others that its files import from. */
function importsBetween(placeOf) {
  const between = new Map();
  for (const [file, imported] of importsOfLibrary()) {
    if (file === ROOT) continue;
    const place = placeOf(file);
    const others = between.get(place) ?? new Set();
    for (const other of imported.map(placeOf)) if (other !== place) others.add(other);
    between.set(place, others);
  }
  return between;
}

/** All that is reached from a place. */
function reached(from, between, seen = new Set()) {
  for (const next of between.get(from) ?? []) if (!seen.has(next)) reached(next, between, seen.add(next));
  return seen;
}

/** The arrows that do not follow from others. */
function arrowsOf(between) {
  return [...between].flatMap(([from, others]) =>
    [...others]
      .filter((to) => ![...others].some((other) => other !== to && reached(other, between).has(to)))
      .map((to) => [from, to]),
  );
}

const byLine = (a, b) =>
  rooms.findIndex(({ room }) => room === a) - rooms.findIndex(({ room }) => room === b);

function page(between) {
  const lines = rooms.map(({ room, about }) => {
    if (about === undefined) throw new Error(`house.json has no word on the room ${room}`);
    const imported = [...(between.get(room) ?? [])].sort(byLine).map((name) => `\`${name}\``);
    return `| \`${room}\` | ${about} | ${imported.join(', ') || 'no other'} |`;
  });
  return `# Rooms of the library

Each folder of lib is a room with one subject, and a room within a room, or a file, may count as one of its own. A room imports only from rooms
that stand on lower lines of \`.config/house.json\`, types included; rooms of one line do not import each other, and there is no circle.
A spec checks it. \`lib/index.ts\` stands above all and exports what users may import.

![Whole rooms in lines, arrows from each to those it imports from](rooms.svg)

*Whole rooms, the highest line first. Arrows that follow from others are left out: where one room leads to another over several arrows, it may
import from it directly too.*

| room | what it is | imports from |
| --- | --- | --- |
${lines.join('\n')}

Page and diagram are made from \`.config/house.json\` and the imports of lib: \`node docs/.vitepress/build/house-page.js\`.
`;
}

/** The files about the rooms, by their paths in the repository. */
export function houseFiles() {
  const whole = (path) => path.split('/')[0];
  const wholeRooms = rooms.filter(({ room }) => room === whole(room));
  const lines = [...new Set(wholeRooms.map(({ index }) => index))];
  const rows = lines.map((line) => wholeRooms.filter(({ index }) => index === line).map(({ room }) => room));
  return {
    'docs/reference/rooms.md': page(importsBetween((file) => roomOf(file).room)),
    'docs/reference/rooms.svg': diagram(
      'Imports between the rooms of lib',
      rows,
      arrowsOf(importsBetween(whole)),
    ),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [path, text] of Object.entries(houseFiles())) writeFileSync(`${root}${path}`, text);
