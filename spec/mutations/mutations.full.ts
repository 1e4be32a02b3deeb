import { readFileSync } from 'node:fs';
import { openLaboratory, TIME_LIMIT, type Laboratory, type Verdict } from './laboratory.js';
import groups from './mutations.json' with { type: 'json' };

// Each term of each formula doubled, each sign turned: a suite that lets one of them pass tests nothing there. The texts
// are those of the compiled code; where a formula is rewritten its mutations are to be rewritten, too.

interface Mutation {
  file: string;
  specs: string;
  find: string;
  replace: string;
}

const listed: Mutation[] = groups.flatMap(({ file, specs, changes }) =>
  changes.map(([find, replace]) => ({ file, specs, find, replace })),
);

// All of them take most of an hour on two cores: one in four unless all are asked for, the same ones every time.
const SHARE = process.env['MUTATIONS'] === 'all' ? 1 : 4;
const mutations = listed.filter((_, index) => index % SHARE === 0);
const specPatterns = [...new Set(mutations.map(({ specs }) => specs))];

/** The compiled file with the text replaced, which has to stand there once. */
function mutatedText({ file, find, replace }: Mutation): string {
  const parts = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').split(find);
  if (parts.length !== 2)
    throw new Error(`the text to replace occurs ${parts.length - 1} times in ${file}: ${find}`);
  return parts.join(replace);
}

/** Two laboratories take jobs from one queue; a job's promise settles when it has been done. */
function queueOf(
  laboratories: readonly Laboratory[],
): <T>(job: (laboratory: Laboratory) => Promise<T>) => Promise<T> {
  const free = [...laboratories];
  const waiting: ((laboratory: Laboratory) => void)[] = [];
  return async (job) => {
    const laboratory = free.pop() ?? (await new Promise<Laboratory>((take) => waiting.push(take)));
    try {
      return await job(laboratory);
    } finally {
      const next = waiting.shift();
      if (next) next(laboratory);
      else free.push(laboratory);
    }
  };
}

type Outcome = Verdict | Error;

describe(`the specs, before ${mutations.length} of ${listed.length} mutations (MUTATIONS=all for all)`, () => {
  const laboratories = [openLaboratory(), openLaboratory()];
  const enqueue = queueOf(laboratories);
  const settled = (job: (laboratory: Laboratory) => Promise<Verdict>): Promise<Outcome> =>
    enqueue(job).catch((error: unknown) => error as Error);
  const unchanged = specPatterns.map((specs) => ({
    specs,
    outcome: settled((laboratory) => laboratory.run([specs])),
  }));
  const changed = mutations.map((mutation) => {
    const { file, specs } = mutation;
    return {
      ...mutation,
      outcome: settled((laboratory) =>
        laboratory.runMutated(file, mutatedText(mutation), [specs], TIME_LIMIT),
      ),
    };
  });

  afterAll(() => {
    for (const laboratory of laboratories) laboratory.close();
  });

  it.each(unchanged)('$specs pass on the code as it is', async ({ outcome }) => {
    const verdict = await outcome;
    expect(verdict).toMatchObject({ failed: 0, timedOut: false });
    expect((verdict as Verdict).passed).toBeGreaterThan(0);
  });

  it.each(changed)('notice in $file: $replace', async ({ outcome }) => {
    const verdict = await outcome;
    if (verdict instanceof Error) throw verdict;
    expect(verdict.timedOut || verdict.failed > 0).toBe(true);
  });
});
