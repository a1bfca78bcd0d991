import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Monitor } from '../../layers/quality/contract/monitor.ts';
import { parseMonitor } from '../../layers/quality/contract/parse-monitor.ts';

/** The monitors of a folder: its `.json` files, and `monitor.json` in its folders; in order of their paths. An error names the file. */
export function readMonitors(folder: string): Monitor[] {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && (entry.name === 'monitor.json' || (entry.parentPath === folder && entry.name.endsWith('.json'))))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  if (files.length === 0) throw new Error(`monitors: expected monitors as ${join(folder, 'NAME.json')}, found none`);
  const monitors = files.map((file) => parseMonitor(readFileSync(file, 'utf8'), file));
  const twice = files.find((_, i) => monitors.findIndex(({ monitor }) => monitor === monitors[i]!.monitor) < i);
  if (twice !== undefined) throw new Error(`${twice}: "monitor": another file has a monitor of the same name`);
  return monitors;
}
