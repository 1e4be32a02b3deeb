import { openLaboratory, type Laboratory, type Verdict } from './laboratory.js';
import { mutated } from './mutate.js';
import { sampled } from './sample.js';
import { compiledPath, isEquivalent, readTargets } from './targets.js';

// Terms doubled, signs, bounds and conditions turned, by the rules of mutate.ts. A suite that lets one of them pass tests nothing
// there, unless it is listed with the reason why it could not (equivalent.ts, exclusions.ts).

// One in so many of each file, and two at least. All of them take hours on two cores; of those that are in no sample some survive,
// and have not been looked at.
const asked = process.env['MUTATIONS'] ?? '24';
const SHARE = asked === 'all' ? 1 : Number(asked);
const LEAST = 2;
// A mutant that takes this many times as long as the code as it is, and seconds to start beside a busy machine, loops.
const SLOWER = 5;
const START = 10_000;

const targets = readTargets();
const made = targets.reduce((sum, { mutations }) => sum + mutations.length, 0);
const mutants = targets.flatMap(({ file, specs, source, mutations }) =>
  sampled(source, mutations, Math.max(LEAST, Math.ceil(mutations.length / SHARE)))
    .filter((mutation) => !isEquivalent(file, mutation))
    .map((mutation) => ({
      ...{ file: compiledPath(file), specs: specs.map(compiledPath), text: mutated(source, mutation) },
      ...{ place: `${file}, ${mutation.place}, line ${mutation.line} compiled`, kind: mutation.kind },
      change: `${source.slice(mutation.start, mutation.end)} → ${mutation.replacement}`,
    })),
);

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

describe(`the specs, before ${mutants.length} of ${made} mutations, 1 in ${SHARE} (MUTATIONS=12 for more, all for all)`, () => {
  const laboratories = [openLaboratory(), openLaboratory()];
  const enqueue = queueOf(laboratories);
  const settled = (job: (laboratory: Laboratory) => Promise<Verdict>): Promise<Outcome> =>
    enqueue(job).catch((error: unknown) => error as Error);
  const groups = new Map(mutants.map(({ specs }) => [specs.join(' '), specs]));
  const unchanged = [...groups].map(([names, specs]) => ({
    names,
    outcome: settled((laboratory) => laboratory.run(specs)),
  }));
  const baseline = new Map(unchanged.map(({ names, outcome }) => [names, outcome]));
  const changed = mutants.map(({ file, text, specs, ...rest }) => {
    async function outcome(): Promise<Outcome> {
      const asItIs = await baseline.get(specs.join(' '))!;
      if (asItIs instanceof Error) return asItIs;
      const limit = Math.ceil(START + SLOWER * asItIs.time);
      return settled((laboratory) => laboratory.runMutated(file, text, specs, limit));
    }
    return { ...rest, outcome: outcome() };
  });

  afterAll(() => {
    for (const laboratory of laboratories) laboratory.close();
  });

  it.each(unchanged)('$names pass on the code as it is', async ({ outcome }) => {
    const verdict = await outcome;
    expect(verdict).toMatchObject({ failed: 0, timedOut: false });
    expect((verdict as Verdict).passed).toBeGreaterThan(0);
  });

  it.each(changed)('notice in $place, $kind: $change', async ({ outcome }) => {
    const verdict = await outcome;
    if (verdict instanceof Error) throw verdict;
    expect(verdict.timedOut || verdict.failed > 0).toBe(true);
  });
});
