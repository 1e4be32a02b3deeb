import * as figures from '../../lib/figures/index.js';
import * as library from '../../lib/index.js';
import * as networks from '../../lib/networks/index.js';
import * as sweeps from '../../lib/sweep/index.js';
import * as queues from '../../lib/sweep/queue/index.js';
import { complaint, validArguments, wrongCalls } from './call.js';
import { entries } from './entries.js';

/** Whether an export is a function to be called, and no class. */
function isCalled(value: unknown): boolean {
  return typeof value === 'function' && !/^class\b/u.test(Function.prototype.toString.call(value));
}

describe('the table of calls', () => {
  it('has every function of the five entry points', () => {
    const exported = Object.entries({ ...library, ...figures, ...networks, ...sweeps, ...queues });
    const functions = exported.filter(([, value]) => isCalled(value)).map(([name]) => name);
    expect(functions.length).toBeGreaterThan(50);
    expect(functions.filter((name) => !Object.hasOwn(entries, name))).toEqual([]);
  });
});

describe('a valid call is taken', () => {
  const runnable = Object.entries(entries).filter(([, { needsMore }]) => needsMore !== true);

  it.each(runnable)('%s', async (_, entry) => {
    await expect(Promise.resolve(entry.call(...(validArguments(entry) as never[])))).resolves.not.toThrow();
  });
});

describe('every call with one thing wrong is refused in one line that names it', () => {
  const taking = Object.entries(entries).filter(([, { takes }]) => Object.keys(takes).length > 0);

  it.each(taking)('%s', async (name, entry) => {
    const calls = [...wrongCalls(name, entry)];
    expect(calls.length).toBeGreaterThan(10);
    const complaints: string[] = [];
    for (const call of calls) {
      const found = await complaint(entry, call);
      if (found !== undefined) complaints.push(`${call.what}: ${found}`);
    }
    expect(complaints).toEqual([]);
  });
});
