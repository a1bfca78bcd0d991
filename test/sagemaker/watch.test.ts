import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { watchEndpoints } from '../../local/sagemaker/index.ts';

it('tells once of a description that is written, and of nothing else', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'assay-watch-'));
  mkdirSync(join(directory, 'models'));
  const changed: string[] = [];
  const watch = watchEndpoints(directory, (endpoint) => changed.push(endpoint));
  onTestFinished(() => {
    watch.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  for (const text of ['{', '{"EndpointStatus"', '{"EndpointStatus":"InService"}'])
    writeFileSync(join(directory, 'endpoints/credit-risk-prod.json'), text);
  writeFileSync(join(directory, 'endpoints/notes.txt'), '');
  writeFileSync(join(directory, 'models/m.json'), '{}');
  await vi.waitFor(() => expect(changed).toEqual(['credit-risk-prod']), { timeout: 10_000 });
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(changed).toEqual(['credit-risk-prod']);
});
