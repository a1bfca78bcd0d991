import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const NOT_OURS = new Set(['node_modules', 'dist', 'cdk.out', 'out', 'golden']);

/** The pages of the repository, without what is installed or built. */
export const pages = (folder = ''): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) || entry.name.startsWith('.') ? [] : pages(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });

export const read = (page: string): string => readFileSync(`${ROOT}${page}`, 'utf8');

/** A page without its code blocks. */
export const prose = (page: string): string => read(page).replace(/^```[\s\S]*?^```$/gm, '');

/** What the code blocks of a page hold, line by line. */
export const codeLines = (page: string): string[] =>
  [...read(page).matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].flatMap(([, block]) => block!.replace(/\\\n\s*/g, '').split('\n'));

/** The names in the first column of a page's tables. */
export const tableNames = (page: string): string[] =>
  [...prose(page).matchAll(/^\|([^|]*)\|/gm)].flatMap(([, cell]) => [...cell!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!));

/** Anchors of a page's headings, as GitHub makes them. */
export const anchors = (page: string): string[] =>
  [...prose(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** The part of a page under a heading, to the next heading. */
export const section = (page: string, heading: string): string => {
  const [, after] = read(page).split(`${heading}\n`, 2);
  if (after === undefined) throw new Error(`${page}: no heading "${heading}"`);
  return after.split(/^#+ /m, 1)[0]!;
};
