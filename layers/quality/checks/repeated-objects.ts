import type { MeasureOptions } from './measure-columns.ts';
import { settingFor } from './thresholds.ts';
import type { Measured } from './verdict.ts';

/** An object that was read: its address and the hash of its bytes. */
export interface ReadObject {
  uri: string;
  sha256: string;
  error?: string;
}

const SHOWN = 5;

/** Objects whose bytes came under another address before, in the order given. All count: whether one was sent twice nobody but the sender knows. Null where there are none. */
export function repeatedObjects(objects: readonly ReadObject[], { settings }: MeasureOptions): Measured | null {
  if (settingFor(settings, 'repeated_object') === 'off') return null;
  const seen = new Set<string>();
  const repeated = objects.flatMap(({ uri, sha256, error }) => {
    if (error !== undefined) return [];
    if (seen.has(sha256)) return [uri];
    seen.add(sha256);
    return [];
  });
  if (repeated.length === 0) return null;
  const more = repeated.length > SHOWN ? ` and ${repeated.length - SHOWN} more` : '';
  const counted = repeated.length === 1 ? '1 object has' : `${repeated.length} objects have`;
  const reason = `${counted} the same bytes as another: all count: ${repeated.slice(0, SHOWN).join(', ')}${more}`;
  return {
    ...{ id: 'repeated_object', column: null, metric: 'repeated_object', factor: 'data_quality', threshold: null, bounds: 'value' },
    ...{ measurement: null, settled: { verdict: 'warn', reason } },
  };
}
