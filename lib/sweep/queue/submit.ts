import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Job } from 'bullmq';
import type { SweepRecord } from '../record.js';
import type { Executor } from '../executor.js';
import { commandOf, type SweepConfig, type SweepPoint } from '../sweep-config.js';
import { CLOSING_MS, connect, queueName, queuePackages, requireAddress, within } from './connection.js';

/** Points that are in the queue at once; Redis need not hold a whole sweep. */
const CAPACITY = 1000;
/** Times a point is tried whose worker fails on it, as one that runs out of memory does. */
const ATTEMPTS = 3;
/** Milliseconds after which a point that was handed over is looked for again. */
const LOOK_MS = 20_000;

/** Names a point across submitters: a sweep that is gone on with meets the points it handed over before. */
function jobIdOf(digest: string, { index }: SweepPoint): string {
  return `${digest}-${index}`;
}

/**
 * Hands the points of a sweep to workers on any machine (`workOnQueue`), through BullMQ on Redis. A point whose worker is lost
 * goes to another one; results are the same as those of a local run.
 *
 * @param url address of Redis, as redis://host:6379
 * @throws (as a rejection) RangeError, one line, where the server does not answer or bullmq and ioredis are not installed
 */
export async function sweepQueue(sweep: SweepConfig, url: string): Promise<Executor> {
  const command = commandOf(sweep);
  requireAddress('url', url);
  const packages = await queuePackages();
  const connection = await connect(url, packages);
  const listening = await connect(url, packages);
  const queue = new packages.bullmq.Queue(queueName(), { connection });
  const events = new packages.bullmq.QueueEvents(queueName(), { connection: listening });
  // Every point that is waited for listens to both.
  queue.setMaxListeners(0);
  events.setMaxListeners(0);
  // Connections that come and go are ioredis's to mend.
  queue.on('error', () => undefined);
  events.on('error', () => undefined);
  await events.waitUntilReady();
  const digest = createHash('sha256').update(JSON.stringify(sweep)).digest('hex').slice(0, 16);
  const jobs = new Map<number, Job>();
  return {
    capacity: CAPACITY,
    async run(point, signal) {
      const options = { jobId: jobIdOf(digest, point), attempts: ATTEMPTS };
      signal.throwIfAborted();
      const aborted = once(signal, 'abort').then(() => {
        throw new Error('aborted');
      });
      aborted.catch(() => undefined);
      // A server that lost its jobs is given them again; one that still has this job gives it back as it is.
      for (;;) {
        const job = await Promise.race([queue.add('point', { command, point }, options), aborted]);
        jobs.set(point.index, job);
        try {
          const line = (await Promise.race([job.waitUntilFinished(events, LOOK_MS), aborted])) as string;
          return JSON.parse(line) as SweepRecord;
        } catch (error) {
          if (!(error instanceof Error && /timed out before finishing/.test(error.message))) throw error;
        }
      }
    },
    async recorded({ index }) {
      await jobs.get(index)?.remove();
      jobs.delete(index);
    },
    async close() {
      // What nobody waits for any more need not be computed; what is under way is left to its worker.
      const closing = Promise.allSettled([...jobs.values()].map((job) => job.remove()))
        .then(() => Promise.all([events.close(), queue.close()]))
        .then(() => Promise.all([connection.quit(), listening.quit()]));
      // A server that is away has nothing to say to that.
      await within(CLOSING_MS, closing).catch(() => undefined);
      connection.disconnect();
      listening.disconnect();
    },
  };
}
