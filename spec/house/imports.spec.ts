import { existsSync } from 'node:fs';
import house from '../../.config/house.json' with { type: 'json' };
import { circleIn, importsOfLibrary } from '../support/imports.js';

const imports = importsOfLibrary();
const ROOT = 'index.ts';
const rooms = house.lines.flatMap((line, index) => line.map((room) => ({ room, index })));

/** The innermost room of a file. */
function roomOf(file: string): { room: string; index: number } {
  const holding = rooms.filter(({ room }) => file === room || file.startsWith(`${room}/`));
  const innermost = holding.sort((a, b) => b.room.length - a.room.length).at(0);
  if (!innermost) throw new Error(`${file} lies in a room without a line`);
  return innermost;
}

function allowed(file: string, imported: string): boolean {
  const [from, to] = [roomOf(file), roomOf(imported)];
  return from.room === to.room || to.index > from.index;
}

describe('imports of the library', () => {
  it('go from a room to rooms of lower lines, types included', () => {
    const upward = [...imports]
      .filter(([file]) => file !== ROOT)
      .flatMap(([file, imported]) =>
        imported.filter((other) => !allowed(file, other)).map((other) => `${file} -> ${other}`),
      );
    expect(upward).toEqual([]);
  });

  it('make no circle, types included', () => {
    expect(circleIn(imports)).toBeUndefined();
  });

  it('are looked at where they are: every room has a file, every import is one', () => {
    const files = [...imports.keys()].filter((file) => file !== ROOT);
    expect(rooms.filter(({ room }) => !files.some((file) => roomOf(file).room === room))).toEqual([]);
    const missing = [...imports.values()]
      .flat()
      .filter((file) => !imports.has(file) && !existsSync(`lib/${file}`));
    expect(missing).toEqual([]);
  });
});

describe('the look for circles', () => {
  it('finds one, and none where there is none', () => {
    const circle = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['b']],
    ]);
    expect(circleIn(circle)).toEqual(['b', 'c', 'b']);
    expect(
      circleIn(
        new Map([
          ['a', ['b', 'c']],
          ['b', ['c']],
          ['c', []],
        ]),
      ),
    ).toBeUndefined();
  });
});
