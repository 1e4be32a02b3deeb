import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CALLS = 2000;
const SEED = 20;
/** Milliseconds that the library may take to refuse a call. */
const LONGEST = 10_000;

/** What the caller says of a call. */
interface Report {
  readonly what: string;
  readonly complaint?: string;
  readonly done?: boolean;
}

/** Makes calls in another process, which can be ended while it hangs; gives back what is wrong with any. */
function complaintsOf(seed: number, calls: number): Promise<string[]> {
  const child: ChildProcess = fork(fileURLToPath(new URL('./random-caller.js', import.meta.url)), [
    String(seed),
    String(calls),
  ]);
  return new Promise((resolve) => {
    const complaints: string[] = [];
    let last = 'loading';
    const end = (): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve(complaints);
    };
    const hang = (): void => {
      complaints.push(`hangs: ${last}`);
      end();
    };
    // Loading takes longer than a call may.
    let timer = setTimeout(hang, 6 * LONGEST);
    child.on('message', ({ what, complaint, done = false }: Report) => {
      if (complaint !== undefined) complaints.push(`${what}: ${complaint}`);
      last = what;
      clearTimeout(timer);
      timer = setTimeout(hang, LONGEST);
      if (done) end();
    });
    child.on('exit', (code) => {
      if (code !== 0 && code !== null) complaints.push(`exit ${code} after ${last}`);
      end();
    });
  });
}

describe('random calls with several things wrong', () => {
  it(`are refused in one line that names one of them, ${CALLS} of them from seed ${SEED}`, async () => {
    expect(await complaintsOf(SEED, CALLS)).toEqual([]);
  }, 600_000);
});
