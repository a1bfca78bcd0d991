import { describe, expect, it } from 'vitest';
import { BUCKET, csv, lab, MONITOR, withReports } from './lab.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

async function monitored() {
  const made = lab();
  made.put('monitors/plain/monitor.json', JSON.stringify({ ...MONITOR, input: {} }));
  const post = (path: string, value: unknown) =>
    made.ask('POST', `/v1/monitors/${path}`, { headers: JSON_TYPE, body: JSON.stringify(value) });
  return { ...made, post, upload: (value: unknown, monitor = 'plain') => post(`${monitor}/uploads`, value) };
}

describe('an upload', () => {
  it('has an address of its own each time, for the size that was named, and a name for the check', async () => {
    const { upload } = await monitored();
    const { status, json, headers } = await upload({ bytes: 5_000_000 });
    expect([status, headers['cache-control']]).toEqual([201, 'no-store']);
    expect(json).toEqual({
      method: 'PUT',
      url: expect.stringMatching(new RegExp(`^https://${BUCKET}\\.s3\\.test/uploads/plain/[0-9a-f-]{36}\\?put&bytes=5000000&seconds=900$`)),
      headers: { 'content-length': '5000000' },
      seconds: 900,
      data: expect.stringMatching(new RegExp(`^s3://${BUCKET}/uploads/plain/[0-9a-f-]{36}$`)),
    });
    expect((await upload({ bytes: 5_000_000 })).json.data).not.toBe(json.data);
  });

  it('is checked by that name, also where the monitor has no location', async () => {
    const { upload, post, put } = await monitored();
    const { data } = (await upload({ bytes: 100 })).json;
    expect((await post('plain/checks', { data })).json.detail).toContain('there is no such object');
    put(data.slice(`s3://${BUCKET}/`.length), csv(0, 1, 50));
    const { status, json } = await post('plain/checks', { data });
    expect([status, json.subject.rows, json.subject.objects[0].uri]).toEqual([200, 50, data]);
  });

  it('is no data of another monitor, nor a way to other objects', async () => {
    const { post, put } = await monitored();
    put('monitors/other/monitor.json', JSON.stringify({ ...MONITOR, monitor: 'other' }));
    put('uploads/other/x', csv(0, 1, 50));
    for (const data of [
      `s3://${BUCKET}/uploads/other/x`,
      `s3://${BUCKET}/uploads/plain/../other/x`,
      `s3://elsewhere/uploads/plain/x`,
      `s3://${BUCKET}/uploads/plainer/x`,
    ])
      expect([data, (await post('plain/checks', { data })).status]).toEqual([data, 400]);
  });

  it.each<[unknown, RegExp]>([
    [{}, /bytes/],
    [{ bytes: 0 }, /expected number to be >=1/],
    [{ bytes: 64 * 1024 * 1024 + 1 }, /expected number to be <=67108864/],
    [{ bytes: 1.5 }, /expected int/],
    [{ bytes: 1, name: 'x' }, /name/],
  ])('is refused for %j', async (body, reason) => {
    const { status, text } = await (await monitored()).upload(body);
    expect([status, text]).toEqual([400, expect.stringMatching(reason)]);
  });

  it('is refused for a monitor that is not there', async () => {
    expect((await (await monitored()).upload({ bytes: 1 }, 'none')).status).toBe(404);
  });
});

it('a report that is too large for an answer is read from the store', async () => {
  const { ask, store } = await withReports();
  const { reports } = (await ask('GET', '/v1/monitors/plain/reports')).json;
  const key = [...store.objects.keys()].find((name) => name.includes(reports[0].id) && name.endsWith('report.json'))!;
  store.objects.set(key, Buffer.concat([store.objects.get(key)!, Buffer.alloc(4 * 1024 * 1024, ' ')]));
  const { status, headers, text } = await ask('GET', `/v1/monitors/plain/reports/${reports[0].id}`);
  expect([status, headers.location, text]).toEqual([303, `https://${BUCKET}.s3.test/${key}?get&seconds=300`, '']);
});
