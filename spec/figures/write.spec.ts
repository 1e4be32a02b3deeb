import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderPdf, renderPng, renderSvg, writeFigure } from '../../lib/figures/index.js';
import { plain } from './reading.js';

describe('writeFigure', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'figure-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('writes the format that the extension names, in either case', async () => {
    const figure = plain();
    const written = async (name: string): Promise<Buffer> => {
      await writeFigure(figure, join(folder, name));
      return readFile(join(folder, name));
    };
    expect((await written('a.svg')).toString('utf8')).toBe(renderSvg(figure));
    expect(Buffer.compare(await written('a.PNG'), renderPng(figure))).toBe(0);
    expect(Buffer.compare(await written('a.pdf'), await renderPdf(figure))).toBe(0);
  });

  it('refuses another extension, naming the path', async () => {
    for (const name of ['a.jpg', 'svg', 'a.svg.gz', '']) {
      await expect(writeFigure(plain(), name)).rejects.toThrow(
        new RangeError(`\`path\` must be a file name that ends in .svg, .pdf or .png; got "${name}"`),
      );
    }
  });

  it('writes nothing when the figure cannot be drawn', async () => {
    const before = await readdir(folder);
    await expect(writeFigure(plain({ x: [] }), join(folder, 'bad.svg'))).rejects.toThrow(RangeError);
    expect(existsSync(join(folder, 'bad.svg'))).toBe(false);
    expect(await readdir(folder)).toEqual(before);
  });
});
