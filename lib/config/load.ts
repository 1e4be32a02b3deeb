import { parse } from 'yaml';
import { argumentError } from '../foundation/checks.js';
import { isMapping, readText } from './read-text.js';

/**
 * Reads a configuration from a YAML or JSON file. A result printed by this package counts as its own configuration.
 *
 * @throws (as a rejection) RangeError, one line, when the file cannot be read or is no mapping of names to values
 */
export async function loadConfig(path: string): Promise<Record<string, unknown>> {
  const text = await readText(path);
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw argumentError(`cannot parse ${path}: ${reason}`, { cause: error });
  }
  if (!isMapping(value))
    throw argumentError(`cannot parse ${path}: it must hold a mapping of names to values`);
  return isMapping(value['config']) && typeof value['kind'] === 'string' ? value['config'] : value;
}
