/** Makes random wrong calls, one after another, and tells the process above of each before and after it is made. */
import { randomStream } from '../../lib/random/random-stream.js';
import { complaint, validArguments, type Entry, type WrongCall } from './call.js';
import { mutationsOf } from './mutations.js';
import { entries } from './entries.js';

const [seed, calls] = process.argv.slice(2).map(Number);
const stream = randomStream(seed);
const below = (count: number): number => Math.floor(stream.nextUniform() * count);
const names = Object.keys(entries).filter((name) => Object.keys(entries[name].takes).length > 0);

/** A call of which one to all arguments are wrong, each somewhere. */
function randomCall(name: string, entry: Entry): WrongCall {
  const takes = Object.entries(entry.takes);
  const values = validArguments(entry);
  const wrong = new Set(Array.from({ length: 1 + below(takes.length) }, () => below(takes.length)));
  const parts = [...wrong].map((at) => {
    const [argument, shape] = takes[at];
    const mutations = [...mutationsOf(shape, [argument])];
    const mutation = mutations[below(mutations.length)];
    values[at] = mutation.value;
    return { ...mutation, what: `${argument} ${mutation.what}` };
  });
  return {
    entry: name,
    what: `${name}: ${parts.map(({ what }) => what).join(' and ')}`,
    names: [...parts.flatMap((part) => part.names), ...(entry.aliases ?? [])],
    values,
  };
}

for (let made = 0; made < calls; made++) {
  const name = names[below(names.length)];
  const call = randomCall(name, entries[name]);
  process.send!({ what: call.what });
  process.send!({
    what: call.what,
    complaint: await complaint(entries[name], call),
    done: made === calls - 1,
  });
}
