import { rangeError } from '../foundation/checks.js';

/** Whether a configuration has a setting, the setting in words, and the entries that it makes useless. */
export type Useless<Entries> = readonly [
  applies: boolean,
  setting: string,
  ...names: (keyof Entries & string)[],
];

/**
 * Refuses entries that do nothing; a switch that is off is not given.
 *
 * @throws RangeError, one line, naming the first of them and what makes it useless
 */
export function refuseUseless<Entries extends object>(
  config: Entries,
  useless: readonly Useless<Entries>[],
): void {
  for (const [applies, setting, ...names] of useless) {
    const name = names.find((one) => config[one] !== undefined && config[one] !== false);
    if (applies && name !== undefined) throw rangeError(name, `left out ${setting}`, config[name]);
  }
}
