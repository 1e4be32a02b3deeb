import type { Redis } from 'ioredis';
import { packageVersion } from '../../config/package-version.js';
import { argumentError, rangeError, requireString } from '../../foundation/checks.js';

/** The two packages that a queue needs and nothing else does. */
export interface QueuePackages {
  readonly bullmq: typeof import('bullmq');
  readonly Redis: typeof import('ioredis').Redis;
}

/**
 * Loads the optional packages of the queue.
 *
 * @throws (as a rejection) RangeError, one line, where they are not installed
 */
export async function queuePackages(): Promise<QueuePackages> {
  try {
    const [bullmq, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
    return { bullmq, Redis };
  } catch (error) {
    throw argumentError('`queue` needs two packages: npm install bullmq ioredis', { cause: error });
  }
}

/** The queue's name. Other versions may give other numbers, so each has a queue of its own. */
export const queueName = (): string => `order-parameters-${packageVersion()}`;

const LONGEST_PAUSE_MS = 2000;
const LONGEST_SILENCE_MS = 10_000;
/** Milliseconds that taking leave of a server may take, which may be away. */
export const CLOSING_MS = 3000;

/** Waits for something, but no longer than some time. */
export async function within<Value>(time: number, awaited: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer in ${time / 1000} seconds`));
    }, time);
  });
  try {
    return await Promise.race([awaited, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** An address as it may be shown: without the user and password that it may hold. */
export function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/]*@/, '//');
}

/** An address of a Redis server. */
export function requireAddress(name: string, value: unknown): string {
  const url = requireString(name, value);
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const known = parsed?.protocol === 'redis:' || parsed?.protocol === 'rediss:';
  if (parsed === undefined || !known || !/^(\/\d*)?$/.test(parsed.pathname))
    throw rangeError(name, 'an address such as redis://host:6379', withoutPassword(url));
  return url;
}

/**
 * A connection to Redis that was reached once; lost later, it is tried again until it is back.
 *
 * @param url an address, checked
 * @throws (as a rejection) RangeError, one line, for a server that does not answer
 */
export async function connect(url: string, { Redis }: QueuePackages): Promise<Redis> {
  const { protocol, host } = new URL(url);
  let reached = false;
  const connection = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => (reached ? Math.min(100 * attempt, LONGEST_PAUSE_MS) : null),
  });
  let reason = '';
  connection.on('error', (error: Error) => {
    reason = error.message;
  });
  try {
    await within(LONGEST_SILENCE_MS, connection.connect());
    await within(LONGEST_SILENCE_MS, connection.ping());
  } catch (error) {
    connection.disconnect();
    // Without a password that the address may hold.
    throw argumentError(`cannot reach ${protocol}//${host}: ${reason || (error as Error).message}`, {
      cause: error,
    });
  }
  reached = true;
  return connection;
}
