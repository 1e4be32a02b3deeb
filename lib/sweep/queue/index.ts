/**
 * Sweeps over many machines, through BullMQ on Redis: `order-parameters/queue`. Needs the packages bullmq and ioredis.
 */
export { sweepQueue } from './submit.js';
export { workOnQueue, type QueueWork } from './work.js';
