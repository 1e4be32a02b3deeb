import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { houseOfLibrary } from '../support/imports.js';

interface HousePage {
  readonly houseFiles: () => Record<string, string>;
}
interface ApiRooms {
  readonly rooms: readonly { readonly name: string; readonly entry?: string }[];
}
interface HouseDiagram {
  readonly diagram: (title: string, rows: string[][], arrows: [string, string][]) => string;
}

async function built<Module>(name: string): Promise<Module> {
  return (await import(pathToFileURL(resolve(`docs/.vitepress/build/${name}.js`)).href)) as Module;
}

describe('the page about the rooms', () => {
  it('is what `node docs/.vitepress/build/house-page.js` makes now, and so is its diagram', async () => {
    const { houseFiles } = await built<HousePage>('house-page');
    const files = Object.entries(houseFiles());
    expect(files.map(([path]) => path)).toEqual(['docs/reference/rooms.md', 'docs/reference/rooms.svg']);
    for (const [path, text] of files) expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('has a word on every room', async () => {
    const { rooms } = await houseOfLibrary();
    expect(rooms.filter(({ about }) => about === undefined)).toEqual([]);
  });
});

describe('the API reference', () => {
  it('has a page for each room that lib/index.ts exports from', async () => {
    const { rooms } = await built<ApiRooms>('rooms');
    const exported = [...readFileSync('lib/index.ts', 'utf8').matchAll(/ from '\.\/(\w+)\//g)];
    const pages = rooms.filter(({ entry }) => entry === undefined).map(({ name }) => name);
    expect(pages.sort()).toEqual([...new Set(exported.map(([, room]) => room))].sort());
  });
});

describe('the diagram', () => {
  it('has a box for each name, and a line for each arrow down from box to box', async () => {
    const { diagram } = await built<HouseDiagram>('house-diagram');
    const svg = diagram(
      'three',
      [['a'], ['b', 'c'], ['d']],
      [
        ['a', 'b'],
        ['b', 'd'],
        ['a', 'd'],
      ],
    );
    const boxes = [...svg.matchAll(/<rect x="(\S+)" y="(\S+)" width="(\d+)" height="(\d+)" rx/g)].map((box) =>
      box.slice(1).map(Number),
    );
    const names = [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, name]) => name);
    const feet = names.map((name, i) => ({
      name,
      x: boxes[i][0] + boxes[i][2] / 2,
      y: boxes[i][1] + boxes[i][3],
    }));
    const lines = [...svg.matchAll(/<path d="M([\d.]+) ([\d.]+)C[^"]* ([\d.]+) ([\d.]+)" marker/g)].map(
      (line) => line.slice(1).map(Number),
    );
    const nameAt = (x: number, y: number): string | undefined =>
      feet.find((foot) => foot.x === x && Math.abs(foot.y - y) < 1e-9)?.name;
    // A line ends 5 above the top of its box, whose height is 26.
    expect(lines.map(([x, y, toX, toY]) => [nameAt(x, y), nameAt(toX, toY + 5 + 26)])).toEqual([
      ['a', 'b'],
      ['b', 'd'],
      ['a', 'd'],
    ]);
    expect(names).toEqual(['a', 'b', 'c', 'd']);
  });
});
