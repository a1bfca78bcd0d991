import { describe, expect, it } from 'vitest';
import type { Monitor } from '../../layers/quality/contract/monitor.ts';
import { refreshMonitor } from '../../layers/quality/sagemaker/index.ts';

const monitor = (of: Partial<Monitor> = {}): Monitor => ({
  schema: 'assay.monitor/1',
  monitor: 'm',
  endpoint: 'e',
  deployment: 'model-1',
  input: { location: 's3://b/data/e/', format: 'capture', samplingPercentage: 20 },
  ...of,
});

describe('a monitor refreshed from its endpoint', () => {
  it('is as it was where nothing changed, whatever was configured', () => {
    const there = monitor({ checks: { drift: { fail: 0.3 } }, windows: ['6h'], input: { ...monitor().input, names: ['a'] } });
    expect(refreshMonitor(there, monitor())).toEqual({ monitor: there, changes: [], deployed: false });
  });

  it('follows capture and model', () => {
    const found = monitor({
      deployment: 'model-2',
      baseline: 's3://r/june.csv',
      input: { location: 's3://c/e/', format: 'capture', samplingPercentage: 5 },
    });
    const { monitor: now, changes, deployed } = refreshMonitor(monitor({ windows: ['6h'] }), found);
    expect({ now, deployed }).toEqual({ now: { ...found, windows: ['6h'] }, deployed: true });
    expect(changes).toEqual([
      'deployment: "model-1" is now "model-2"',
      'input.location: "s3://b/data/e/" is now "s3://c/e/"',
      'input.samplingPercentage: 20 is now 5',
    ]);
  });

  it('keeps the reference data somebody named while the model is the same', () => {
    const there = monitor({ baseline: 's3://mine/june.csv' });
    expect(refreshMonitor(there, monitor({ baseline: 's3://r/other.csv' })).monitor.baseline).toBe('s3://mine/june.csv');
  });

  it('stays with its variant', () => {
    const there = monitor({ input: { location: 's3://b/data/e/Blue/' } });
    expect(refreshMonitor(there, monitor({ input: { location: 's3://c/e/' } })).monitor.input).toEqual({ location: 's3://c/e/Blue/' });
  });

  it('leaves a location of its own alone, and one that is no longer captured', () => {
    const own = monitor({ input: { location: 's3://mine/copies/' } });
    expect(refreshMonitor(own, monitor()).monitor.input?.location).toBe('s3://mine/copies/');
    const stopped = refreshMonitor(monitor(), monitor({ input: { format: 'capture' } }));
    expect(stopped).toEqual({ monitor: monitor(), changes: [], deployed: false });
  });

  it('takes columns and checks of the baseline where nothing was said, and overrules nothing', () => {
    const there = monitor({ columns: { a: { role: 'id' } }, checks: { drift: 'off' } });
    const found = monitor({
      columns: { a: { role: 'feature' }, b: { type: 'number' } },
      checks: { drift: { fail: 0.1 }, type: { fail: 0.2 } },
    });
    const { monitor: now, changes } = refreshMonitor(there, found);
    expect(now.columns).toEqual({ a: { role: 'id' }, b: { type: 'number' } });
    expect(now.checks).toEqual({ drift: 'off', type: { fail: 0.2 } });
    expect(changes).toEqual(["columns: b of the model's baseline", "checks: type of the model's baseline"]);
  });

  it('learns the model of a monitor made before it was kept', () => {
    const { deployment: _, ...older } = monitor();
    expect(refreshMonitor(older, monitor())).toMatchObject({ deployed: true, changes: ['deployment: nothing is now "model-1"'] });
  });
});
