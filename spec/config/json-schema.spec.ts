import * as z from 'zod';
import { commands } from '../../lib/commands/index.js';
import { describedEntries } from '../../lib/config/described.js';
import { jsonSchemaOf } from '../../lib/config/json-schema.js';
import { figureSchema } from '../../lib/recipes/schema.js';
import { sweepSchema } from '../../lib/sweep/sweep-config.js';

interface Described {
  readonly description?: string;
  readonly default?: unknown;
}

describe('JSON Schema', () => {
  it.each(commands.map(({ name, load }) => [name, load] as const))(
    'of %s has every entry with its words, and which must be given',
    async (name, load) => {
      const { command } = await load();
      const entries = describedEntries(command.schema);
      const json = jsonSchemaOf(command.schema, name);
      const properties = json['properties'] as Record<string, Described>;
      expect(Object.keys(properties)).toEqual(entries.map((entry) => entry.name));
      for (const entry of entries) {
        const { description } = properties[entry.name];
        expect(description).toContain(entry.help);
        if (entry.unit !== undefined) expect(description).toContain(`in ${entry.unit}`);
        if (entry.otherwise !== undefined) expect(description).toContain(`default: ${entry.otherwise}`);
      }
      const required = entries.filter((entry) => entry.required).map((entry) => entry.name);
      expect(json['required'] ?? []).toEqual(required);
    },
  );

  it('holds defaults as they stand in a file', () => {
    const schema = z.strictObject({ list: z.number().default(4).meta({ help: 'a list', symbol: 'n' }) });
    expect(jsonSchemaOf(schema, 'a title')).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'a title',
      type: 'object',
      properties: { list: { type: 'number', default: 4, description: 'a list' } },
      additionalProperties: false,
    });
  });

  it.each([
    ['sweep', sweepSchema, ['command', 'config', 'grid', 'list']],
    ['figure', figureSchema, ['kind', 'title', 'columns', 'panelWidth', 'panelHeight', 'curves', 'panels']],
  ])('of a %s has its entries', (name, schema, entries) => {
    expect(Object.keys(jsonSchemaOf(schema, name)['properties'] as object)).toEqual(entries);
  });
});

describe('the entries of a configuration', () => {
  it('are of the kind that their schema says, defaults as they are typed', () => {
    const pair = z.strictObject({ a: z.number(), b: z.number() });
    const schema = z.strictObject({
      rate: z.union([z.number(), z.string()]),
      list: z.union([z.number(), z.array(z.number())]).default([1, 2]),
      start: pair.default({ a: 1, b: 2 }),
      names: z.union([z.string(), z.array(z.string())]).optional(),
      kind: z.enum(['x', 'y']).default('x'),
      loud: z.boolean().default(false),
    });
    expect(
      describedEntries(schema).map(({ name, kind, choices, required, fallback }) => [
        ...[name, kind, choices.join(), required, fallback],
      ]),
    ).toEqual([
      ['rate', 'rate', '', true, undefined],
      ['list', 'numbers', '', false, '1,2'],
      ['start', 'named numbers', 'a,b', false, 'a=1,b=2'],
      ['names', 'texts', '', false, undefined],
      ['kind', 'choice', 'x,y', false, 'x'],
      ['loud', 'switch', '', false, undefined],
    ]);
  });

  it('of a type that no option can be made from are a fault', () => {
    expect(() => describedEntries(z.strictObject({ when: z.date() }))).toThrow('type date');
  });
});
