import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPreactivations } from '../../lib/config/preactivations.js';

const folder = mkdtempSync(join(tmpdir(), 'preactivations-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function fileOf(text: string): string {
  const path = join(folder, 'fields.csv');
  writeFileSync(path, text);
  return path;
}

describe('pre-activations in CSV', () => {
  it.each([
    ['with a line of names', 'h,t\n1.5,0\n-2e3,1\n'],
    ['with quotes, a mark of byte order, and line ends of Windows', '\uFEFF"h","t"\r\n"1.5",0\r\n-2e3,"1"'],
    ['with blanks and blank lines', ' h , t\n\n 1.5 , 0\n  \n-2e3,1\n\n'],
  ])('are read %s', async (_, text) => {
    const source = { path: fileOf(text), column: 'h', labels: 't' };
    expect(await readPreactivations(source)).toEqual({
      column: 'h',
      preactivations: [1.5, -2000],
      labels: [0, 1],
    });
  });

  it('are called 1, 2, … without names, and keep a name with a comma and a quote', async () => {
    const plain = await readPreactivations({ path: fileOf('1,2\n3,4\n'), column: '2' });
    expect(plain.preactivations).toEqual([2, 4]);
    const path = fileOf('"a ""field"", normalized"\n7\n8\n');
    expect(await readPreactivations({ path })).toMatchObject({
      column: 'a "field", normalized',
      preactivations: [7, 8],
    });
  });

  it.each([
    ['h\n\n1\n"2\n3"\n4\n', 'line 4: a quote is out of place'],
    ['h\n1\n"2"3\n4\n', 'row 2 (line 3): 1 columns are expected; got 2'],
    ['h\n\n1\n2"\n4\n', 'row 2 (line 4): column h must be a finite number; got "2\\""'],
    ['t,h\n1,2\n\n3,\n', 'row 2 (line 4): column h must be a finite number; got ""'],
    ['\n \n', 'the file holds no rows'],
  ])('are refused in %j', async (text, message) => {
    const path = fileOf(text);
    const reading = readPreactivations({ path, column: 'h' });
    await expect(reading).rejects.toThrow(RangeError);
    await expect(reading).rejects.toThrow(message);
  });
});
