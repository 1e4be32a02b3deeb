import { existsSync } from 'node:fs';
import { circleIn, houseOfLibrary } from '../support/imports.js';

const { rooms, ROOT, roomOf, importsOfLibrary } = await houseOfLibrary();
const imports = importsOfLibrary();

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
