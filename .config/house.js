// The rooms of lib as house.json tells them, and what the files of lib import from each other.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const library = fileURLToPath(new URL('../lib/', import.meta.url));
const house = JSON.parse(readFileSync(new URL('house.json', import.meta.url), 'utf8'));

/** The rooms, the highest first: path from lib, number of the line, and what the room is. */
export const rooms = house.lines.flatMap((line, index) =>
  line.map((room) => ({ room, index, about: house.rooms[room] })),
);

/** The file of lib that is in no room: it exports what users may import. */
export const ROOT = 'index.ts';

/** The innermost room of a file, given as a path from lib. */
export function roomOf(file) {
  const holding = rooms.filter(({ room }) => file === room || file.startsWith(`${room}/`));
  const innermost = holding.sort((a, b) => b.room.length - a.room.length).at(0);
  if (!innermost) throw new Error(`${file} lies in a room without a line`);
  return innermost;
}

/** The files of lib, as paths from there, with what each imports from lib: types, re-exports and dynamic imports too. */
export function importsOfLibrary() {
  const files = readdirSync(library, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /(?<!\.d)\.ts$/.test(path))
    .sort();
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(`${library}${file}`, 'utf8'), true, true);
      const own = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith('.'));
      // AssemblyScript names its files without their ending.
      const paths = own.map((name) => `${join(dirname(file), name).replace(/\.js$/, '')}.ts`);
      return [file, [...new Set(paths)]];
    }),
  );
}
