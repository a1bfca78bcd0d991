import { mkdir, rm } from 'node:fs/promises';

/** The folder, with nothing in it. */
export async function emptyFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}
