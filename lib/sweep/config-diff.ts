/** What a file and a configuration say of one entry, where they differ. */
function differences(file: unknown, now: unknown, path: string): string[] {
  if (JSON.stringify(file) === JSON.stringify(now)) return [];
  const bothMappings = [file, now].every(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  if (!bothMappings) return [`${path}: ${shown(file)} in the file, ${shown(now)} now`];
  const [before, after] = [file, now] as [Record<string, unknown>, Record<string, unknown>];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const found = names.flatMap((name) =>
    differences(before[name], after[name], path === '' ? name : `${path}.${name}`),
  );
  // The last parameter of a grid varies fastest: their order numbers the points.
  return found.length > 0 ? found : [`the order of entries in ${path === '' ? 'the file' : path}`];
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

const MOST_SHOWN = 5;

/** The differences of two configurations in one line, the first five of them; empty where there are none. */
export function configDiff(file: unknown, now: unknown): string {
  const found = differences(file, now, '');
  const more = found.length > MOST_SHOWN ? `; and ${found.length - MOST_SHOWN} more` : '';
  return found.slice(0, MOST_SHOWN).join('; ') + more;
}
