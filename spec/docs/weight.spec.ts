import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';

const FOLDER = 'docs/figures';
// Two thirds of a million of it are results of networks, which take half an hour to make anew.
const MOST = 3.5e6;

/** Words that git prints between zeros; none where it cannot. */
function git(...words: string[]): string[] {
  const { status, stdout } = spawnSync('git', words, { encoding: 'utf8' });
  return status === 0 ? stdout.split('\0').slice(0, -1) : [];
}

const tracked = git('ls-files', '-z');
const isCheckout = tracked.length > 0;
if (!isCheckout)
  console.log(
    `no git checkout: files of ${FOLDER} are counted unless .gitignore names them, and marks are not read`,
  );

/** Files of the folder of figures that are kept, or would be. */
function kept(): string[] {
  if (isCheckout) return tracked.filter((name) => name.startsWith(`${FOLDER}/`) && existsSync(name));
  const ignored = readFileSync('.gitignore', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(`${FOLDER}/*`))
    .map((line) => line.slice(FOLDER.length + 2));
  return readdirSync(FOLDER)
    .filter((name) => !ignored.some((ending) => name.endsWith(ending)))
    .map((name) => `${FOLDER}/${name}`);
}

describe('figures in git', () => {
  const files = kept();

  it('weigh three and a half million bytes at most', () => {
    expect(files.length).toBeGreaterThan(10);
    const weights = files.map((file) => [file, statSync(file).size] as const);
    const total = weights.reduce((sum, [, size]) => sum + size, 0);
    // The heaviest are told where it is too much.
    expect(total > MOST ? weights.sort((a, b) => b[1] - a[1]).slice(0, 5) : []).toEqual([]);
  });

  it('are recipes, sweeps, SVG and data, no PDF or picture made from them', () => {
    expect(files.filter((file) => !/\.(yaml|svg|jsonl?)$/u.test(file))).toEqual([]);
  });

  it('have a recipe, but for one diagram of timings', () => {
    const names = (ending: string): string[] =>
      files
        .filter((file) => file.endsWith(ending))
        .map((file) => file.slice(0, -ending.length))
        .sort();
    expect(names('.svg')).toEqual(names('.json'));
    const recipes = names('.yaml');
    expect(names('.svg').filter((name) => !recipes.includes(name))).toEqual([`${FOLDER}/work-precision`]);
  });
});

describe('files made by programs', () => {
  it('are marked so', () => {
    if (!isCheckout) return; // said above
    const made = tracked.filter((name) =>
      /^docs\/figures\/.*\.(svg|jsonl?)$|^spec\/reference\/.*\.json$|references\.json$|package-lock\.json$/u.test(
        name,
      ),
    );
    expect(made.length).toBeGreaterThan(20);
    const marks = git('check-attr', '-z', 'linguist-generated', '--', ...made);
    // Name, attribute and value in turn.
    expect(marks.filter((_, at) => at % 3 === 0 && marks[at + 2] !== 'set')).toEqual([]);
    const written = tracked.filter((name) => /\.(ts|md|yaml|py|c)$|package\.json$/u.test(name));
    const others = git('check-attr', '-z', 'linguist-generated', '--', ...written);
    expect(others.filter((_, at) => at % 3 === 0 && others[at + 2] !== 'unspecified')).toEqual([]);
  });
});
