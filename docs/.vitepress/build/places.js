// Where the site is made. Nothing of it is kept in the repository.
import { fileURLToPath } from 'node:url';

/** The repository, with a slash at its end. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));
/** The pages as VitePress sees them: those of docs, some files of the repository, and generated ones. */
export const pages = `${root}docs/site`;
/** What typedoc reads: an entry for each room. */
export const entries = `${root}docs/.vitepress/entries`;
/** The site. */
export const built = `${root}docs/.vitepress/dist`;
