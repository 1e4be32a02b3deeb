import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const tsconfigRootDir = new URL('..', import.meta.url).pathname;

export default tseslint.config(
  {
    ignores: [
      'dist/',
      '.build/',
      'coverage/',
      'node_modules/',
      'docs/site/',
      'lib/networks/kernels/',
      'docs/.vitepress/{dist,cache,entries}/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: ['./spec/tsconfig.json'], tsconfigRootDir } },
    rules: {
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
