import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { plainEnvironment } from '../support/plain-environment.js';

/** A command in one file: x to the powers up to `highest`. */
const file = `
import * as z from 'zod';
const schema = z.strictObject({
  base: z.number().meta({ help: 'what is multiplied', symbol: 'x', unit: 'steps' }),
  highestPower: z.number().default(2).meta({ help: 'highest power', symbol: 'n' }),
});
export const command = {
  schema,
  example: 'order-parameters powers --base 3',
  run: async (config) => ({
    result: {
      kind: 'powers',
      config,
      entries: { outcome: 'done', message: 'multiplied' },
      table: {
        columns: ['power', 'value'],
        rows: Array.from({ length: config.highestPower }, (_, i) => [i + 1, config.base ** (i + 1)]),
      },
    },
    outcome: 'done',
  }),
};
`;
/** The line of the list that names it. */
const line = `{ name: 'powers', summary: 'multiply a number by itself', load: () => import('./powers.js') },`;

const folder = mkdtempSync(join(tmpdir(), 'added-command-'));
const place = (name: string): string => join(folder, name);

/** Runs the command line of the package with the added command; gives what it prints. */
function printed(...words: string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [place('dist/cli/main.js'), ...words], {
    cwd: folder,
    env: plainEnvironment(),
    encoding: 'utf8',
  });
  expect([stderr, status]).toEqual(['', 0]);
  return stdout;
}

beforeAll(() => {
  cpSync('dist', place('dist'), { recursive: true });
  cpSync('package.json', place('package.json'));
  symlinkSync(resolve('node_modules'), place('node_modules'));
  writeFileSync(place('dist/commands/powers.js'), file);
  const list = place('dist/commands/index.js');
  writeFileSync(list, readFileSync(list, 'utf8').replace('export const commands = [', `$&\n${line}`));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a command added in one file and one line', () => {
  it('is listed, and has help with defaults, units and its example', () => {
    expect(printed('--help')).toMatch(/powers +multiply a number by itself/);
    const help = printed('powers', '--help');
    expect(help).toMatch(/--base <x> +what is multiplied \(in steps\)/);
    expect(help).toMatch(/--highest-power <n> +highest power \(default: 2\)/);
    expect(help).toContain('Example:\n  order-parameters powers --base 3');
  });

  it('prints every format, from flags and from a file', () => {
    const words = ['powers', '--base', '3', '--highest-power', '3'];
    expect(printed(...words, '--format', 'csv')).toBe('power,value\n1,3\n2,9\n3,27\n');
    expect(printed(...words, '--format', 'table')).toMatch(/^power +value\n +1 +3\n/);
    const json = printed(...words);
    expect(JSON.parse(json)).toMatchObject({ kind: 'powers', config: { base: 3, highestPower: 3 } });
    writeFileSync(place('powers.yaml'), 'base: 3\nhighestPower: 3\n');
    expect(printed('powers', '--config', 'powers.yaml')).toBe(json);
  });

  it('can be swept', () => {
    writeFileSync(
      place('sweep.yaml'),
      'command: powers\nconfig: { base: 2 }\ngrid: { highestPower: [1, 2] }\n',
    );
    expect(printed('sweep', '--config', 'sweep.yaml', '--workers', '1', '--format', 'csv')).toBe(
      'point,highestPower,outcome,power,value\n0,1,done,1,2\n1,2,done,1,2\n1,2,done,2,4\n',
    );
  });

  it('can be drawn by a recipe', () => {
    const recipe = {
      ...{ kind: 'figure', title: 'Powers', columns: 1, panelWidth: 200, panelHeight: 150 },
      curves: { two: { kind: 'powers', label: 'of 2', color: 'blue', config: { base: 2 } } },
      panels: [
        {
          x: { quantity: 'power', label: 'n' },
          y: { quantity: 'value', label: 'power' },
          curves: ['two'],
        },
      ],
    };
    writeFileSync(place('figure.yaml'), JSON.stringify(recipe));
    printed('figure', '--config', 'figure.yaml', '--output', 'figure.svg', '--quiet');
    const { data } = JSON.parse(readFileSync(place('figure.json'), 'utf8')) as {
      data: { two: { columns: unknown } };
    };
    expect(data.two.columns).toEqual({ power: [1, 2], value: [2, 4] });
  });

  it('has a JSON Schema', () => {
    expect(JSON.parse(printed('schema', 'powers'))).toMatchObject({
      properties: {
        base: { type: 'number', description: 'what is multiplied (in steps)' },
        highestPower: { type: 'number', default: 2, description: 'highest power' },
      },
      required: ['base'],
    });
  });
});
