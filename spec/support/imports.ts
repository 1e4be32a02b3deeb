import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A room of lib: its path from there, the number of its line, and a word on it. */
export interface Room {
  readonly room: string;
  readonly index: number;
  readonly about: string | undefined;
}

/** What .config/house.js knows of the rooms. */
export interface House {
  readonly rooms: readonly Room[];
  readonly ROOT: string;
  readonly roomOf: (file: string) => Room;
  readonly importsOfLibrary: () => Map<string, string[]>;
}

export async function houseOfLibrary(): Promise<House> {
  return (await import(pathToFileURL(resolve('.config/house.js')).href)) as House;
}

/** A circle of imports as a list of files that ends where it began; undefined where there is none. */
export function circleIn(imports: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  function visit(file: string): string[] | undefined {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    path.push(file);
    for (const next of imports.get(file) ?? []) {
      const circle = visit(next);
      if (circle) return circle;
    }
    path.pop();
    done.add(file);
    return undefined;
  }
  for (const file of imports.keys()) {
    const circle = visit(file);
    if (circle) return circle;
  }
  return undefined;
}
