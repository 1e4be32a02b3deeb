import { mutated, mutationsOf } from './mutate.js';
import { sampled } from './sample.js';

const functions = Array.from({ length: 8 }, (_, k) => `function f${k}(a, b) { return a + ${k + 2} * b; }`);
const code = functions.join('\n');

/** What a sample does, wherever it does it. */
function changes(source: string, size: number): string[] {
  return sampled(source, mutationsOf(source), size).map(
    ({ place, start, end, replacement }) => `${place}: ${source.slice(start, end)} → ${replacement}`,
  );
}

describe('a sample of mutations', () => {
  it('is as large as asked for, without repetition, the smaller part of the larger', () => {
    const all = changes(code, 100);
    expect(all).toHaveLength(mutationsOf(code).length);
    expect(new Set(all).size).toBe(all.length);
    expect(changes(code, 5)).toEqual(all.slice(0, 5));
  });

  it('comes from all over the code', () => {
    const functionsHit = new Set(changes(code, 12).map((change) => change.slice(0, 2)));
    expect(functionsHit.size).toBeGreaterThan(4);
  });

  it('stays as it is where other code changes, or all of it moves', () => {
    expect(changes(`// a comment\n${code}`, 12)).toEqual(changes(code, 12));
    const edited = code.replace('9 * b', '9 * b * b');
    const kept = changes(code, 12).filter((change) => !change.startsWith('f7'));
    expect(changes(edited, 16).filter((change) => !change.startsWith('f7'))).toEqual(
      expect.arrayContaining(kept),
    );
  });

  it('tells mutations apart that do the same in two places', () => {
    const twice = 'x = a + b;\nx = a + b;';
    const [first, second] = sampled(
      twice,
      mutationsOf(twice).filter(({ kind }) => kind === 'sign'),
      2,
    );
    expect(mutated(twice, first)).not.toBe(mutated(twice, second));
  });
});
