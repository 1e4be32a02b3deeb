import { createRequire } from 'node:module';

/** The version of this package, which names itself as others would, so that it is found wherever it is built. */
export function packageVersion(): string {
  return (createRequire(import.meta.url)('order-parameters/package.json') as { version: string }).version;
}
