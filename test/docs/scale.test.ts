import { describe, expect, it } from 'vitest';
import { tables } from '../../bench/scale.ts';
import { ASSUMED } from '../../bench/scale-model.ts';
import { MACHINE_DEFAULTS } from '../../layers/quality/contract/backfill-machine.ts';
import { INGEST_DEFAULTS } from '../../lib/ingest/ingest-props.ts';
import { read, tableNames } from './pages.ts';

const page = read('docs/scale.md');

describe('docs/scale.md', () => {
  it.each(Object.entries(tables))('has the table "%s" as it is computed', (_, make) => {
    expect(page).toContain(make());
  });

  it('explains every assumption', () => {
    const names = tableNames('docs/scale.md');
    for (const name of Object.keys(ASSUMED).filter((each) => !['seed', 'terabytesADay'].includes(each)))
      expect([name, names.filter((each) => each === name).length]).toEqual([name, 2]);
  });

  it('assumes what is deployed by default', () => {
    expect(ASSUMED).toMatchObject({
      memory: INGEST_DEFAULTS.memoryMB,
      scratch: INGEST_DEFAULTS.ephemeralStorage.toMebibytes(),
      batch: MACHINE_DEFAULTS.batchSize,
    });
  });
});
