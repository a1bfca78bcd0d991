import { mkdirSync, watch } from 'node:fs';
import { join } from 'node:path';

/** A file is written in several steps. */
const QUIET_MS = 300;

/** Tells of every description of an endpoint that is changed, once it is whole. Keeps no process alive. */
export function watchEndpoints(directory: string, changed: (endpoint: string) => void): { stop(): void } {
  const folder = join(directory, 'endpoints');
  mkdirSync(folder, { recursive: true });
  const waiting = new Map<string, NodeJS.Timeout>();
  const watcher = watch(folder, { persistent: false }, (_, file) => {
    const endpoint = /^([a-zA-Z0-9-]+)\.json$/.exec(file ?? '')?.[1];
    if (endpoint === undefined) return;
    clearTimeout(waiting.get(endpoint));
    const timer = setTimeout(() => {
      waiting.delete(endpoint);
      changed(endpoint);
    }, QUIET_MS);
    waiting.set(endpoint, timer.unref());
  });
  return {
    stop: () => {
      watcher.close();
      for (const timer of waiting.values()) clearTimeout(timer);
    },
  };
}
