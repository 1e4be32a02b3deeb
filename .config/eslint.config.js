import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { readdirSync } from 'node:fs';

// Imports run one way. Each tier may import the tiers after it; rooms of one tier do not import each other.
const tiers = [
  ['cli'],
  ['sweep', 'figures'],
  ['config'],
  ['comparison'],
  ['simulation', 'generalization', 'regularization'],
  ['stability'],
  ['solver'],
  ['dynamics'],
  ['gaussian'],
  ['random', 'expression'],
  ['numerics'],
  ['foundation'],
];
const rooms = tiers.flat();
const unknownRooms = readdirSync(new URL('../lib', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !rooms.includes(entry.name))
  .map((entry) => entry.name);
if (unknownRooms.length > 0) {
  throw new Error(`lib has rooms without a place in the import order: ${unknownRooms.join(', ')}`);
}
const zones = tiers.flatMap((tier, index) =>
  tier.map((room) => ({
    target: `./lib/${room}`,
    from: [...tiers.slice(0, index).flat(), ...tier.filter((other) => other !== room)]
      .map((other) => `./lib/${other}`)
      .concat('./lib/index.ts'),
    message: `${room} imports only from: ${tiers
      .slice(index + 1)
      .flat()
      .join(', ')}`,
  })),
);

const tsconfigRootDir = new URL('..', import.meta.url).pathname;

export default tseslint.config(
  {
    ignores: [
      'dist/',
      '.build/',
      'coverage/',
      'node_modules/',
      'docs/site/',
      'docs/.vitepress/{dist,cache,entries}/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: ['./spec/tsconfig.json'], tsconfigRootDir } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver({ project: './spec/tsconfig.json' })],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones, basePath: tsconfigRootDir }],
      'import-x/no-cycle': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // Typed arrays are indexed inside bounds that the surrounding loop states; a check there costs time.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // The library is compiled under stricter options than the specs.
    files: ['lib/**/*.ts'],
    languageOptions: { parserOptions: { project: ['./tsconfig.json'], tsconfigRootDir } },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', performance: 'readonly' },
    },
  },
);
