import type { Redis } from 'ioredis';
import { packageVersion } from '../../foundation/package-version.js';
import { rangeError } from '../../foundation/checks.js';

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
    throw new RangeError('`queue` needs two packages: npm install bullmq ioredis', { cause: error });
  }
}

/** The queue's name. Other versions may give other numbers, so each has a queue of its own. */
export const queueName = (): string => `order-parameters-${packageVersion()}`;

const LONGEST_PAUSE_MS = 2000;

/**
 * A connection to Redis that was reached once; lost later, it is tried again until it is back.
 *
 * @throws (as a rejection) RangeError, one line, for a bad address or a server that does not answer
 */
export async function connect(url: string, { Redis }: QueuePackages): Promise<Redis> {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'redis:' && parsed?.protocol !== 'rediss:')
    throw rangeError('queue', 'an address such as redis://host:6379', url);
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
    await connection.connect();
    await connection.ping();
  } catch (error) {
    connection.disconnect();
    // Without a password that the address may hold.
    throw new RangeError(
      `cannot reach ${parsed.protocol}//${parsed.host}: ${reason || (error as Error).message}`,
      {
        cause: error,
      },
    );
  }
  reached = true;
  return connection;
}
