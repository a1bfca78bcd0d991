import { beforeEach, describe, expect, it } from 'vitest';
import { findingKey } from '../../layers/quality/alerts/subject.ts';
import type { AlertMessage } from '../../layers/quality/contract/alerts.ts';
import { findingListSchema } from '../../layers/quality/contract/api.ts';
import { muteSchema } from '../../layers/quality/contract/mute.ts';
import { type Report, reportSchema } from '../../layers/quality/contract/report.ts';
import { type Answer, csv, HOUR, lab, START, withReports } from './lab.ts';

const AMOUNT = findingKey({ id: 'unit_change/amount', cause: 'unit_change', columns: ['amount'] });
const ADDRESS = `/v1/monitors/plain/findings/${AMOUNT}/mute`;
const at = (hour: number): string => new Date(START + hour * HOUR).toISOString();
const MUTE = { reason: 'the supplier sends cents until July', by: 'Ada', until: at(140) };

let made: Awaited<ReturnType<typeof withReports>>;
let messages: AlertMessage[];
beforeEach(async () => {
  made = await withReports();
  messages = [];
  made.deps.notifier = { message: async (_, message) => void messages.push(message), event: async () => {}, measure: () => {} };
}, 120_000);

const put = (body: unknown, path = ADDRESS): Promise<Answer> =>
  made.ask('PUT', path, { body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'content-type': 'application/json' } });
const arrive = async (hour: number, factor: number): Promise<Report> => {
  await made.arrive(`data/${hour}.csv`, csv(hour, 1, 300, factor));
  const reports = [...made.store.objects].filter(([key]) => key.endsWith('report.json')).map(([, body]) => JSON.parse(body.toString()));
  return reportSchema.parse(reports.find(({ subject }) => subject.objects[0].uri.endsWith(`/${hour}.csv`)));
};

describe('a mute', () => {
  it('is kept, holds back alerts until it ends, and is in the reports', async () => {
    const { status, json } = await put(MUTE);
    expect([status, muteSchema.parse(json)]).toEqual([201, { schema: 'assay.mute/1', monitor: 'plain', finding: AMOUNT, ...MUTE }]);
    const muted = await arrive(132, 100);
    expect(muted.findings[0]).toMatchObject({ columns: ['amount'], severity: 'fail', muted: MUTE });
    expect(muted.notes.at(-1)).toContain(`Muted until ${MUTE.until} by Ada (the supplier sends cents until July): amount`);
    expect([muted.verdict, messages]).toEqual(['fail', []]);
    const after = await arrive(141, 100);
    expect(after.findings[0]!.muted).toBeUndefined();
    expect(messages).toMatchObject([{ report: after.id, alerts: [{ kind: 'opened', finding: AMOUNT }] }]);
  });

  it('can be put again, and ends when it is put with a time that is over', async () => {
    expect([(await put(MUTE)).status, (await put(MUTE)).status]).toEqual([201, 200]);
    expect((await put({ ...MUTE, until: at(0) })).status).toBe(200);
    await arrive(132, 100);
    expect(messages).toHaveLength(1);
  });

  it('is of a monitor and a finding that there are', async () => {
    expect((await put(MUTE, ADDRESS.replace('plain', 'none'))).status).toBe(404);
    const { status, json } = await put(MUTE, ADDRESS.replace(AMOUNT, '0123456789abcdef'));
    expect([status, json.detail]).toEqual([404, expect.stringContaining('has no finding "0123456789abcdef"')]);
    expect([...made.store.objects.keys()].filter((key) => key.startsWith('alerts/'))).toEqual([]);
  });

  it.each([
    [{ ...MUTE, until: 'Friday' }, '#/until', 'expected a time as 2026-07-08T09:00:00Z'],
    [{ ...MUTE, reason: ' ' }, '#/reason', 'expected'],
    [{ ...MUTE, by: 'Ada\nBcc: all' }, '#/by', 'expected one line of text'],
    [{ ...MUTE, untill: 1 }, '#/untill', 'did you mean "until"?'],
    [{ reason: 'x', until: at(1) }, '#/by', 'expected string'],
    [[], '#', 'expected object'],
    ['{"reason"', '#', 'expected JSON'],
  ])('%j is refused at %s', async (body, pointer, detail) => {
    const { status, json } = await put(body);
    expect([status, json.errors[0].pointer, json.errors[0].detail]).toEqual([400, pointer, expect.stringContaining(detail)]);
  });

  it.each([
    ['/v1/monitors/plain/findings/shift%2Famount/mute', 404],
    ['/v1/monitors/plain/findings/../../mute', 404],
    [`/v1/monitors/plain/findings/${AMOUNT.toUpperCase()}/mute`, 404],
  ])('%s is no address', async (path, status) => {
    expect((await put(MUTE, path)).status).toBe(status);
  });
});

describe('the findings of a monitor', () => {
  it('are those people were told of, open ones first, with their mutes', async () => {
    await arrive(132, 100);
    await arrive(133, 1);
    await put(MUTE);
    const { status, json } = await made.ask('GET', '/v1/monitors/plain/findings');
    expect([status, findingListSchema.parse(json).findings]).toEqual([
      200,
      [
        {
          finding: AMOUNT,
          stream: 'object',
          open: false,
          title: expect.stringContaining('amount'),
          severity: 'fail',
          since: at(132),
          muted: MUTE,
        },
      ],
    ]);
    await arrive(134, 100);
    const [first] = (await made.ask('GET', '/v1/monitors/plain/findings')).json.findings;
    expect([first.open, messages.map(({ alerts }) => alerts[0]!.kind)]).toEqual([false, ['opened', 'recovered']]);
  });

  it('are none where nothing was ever wrong, and unknown where there is no monitor', async () => {
    expect((await made.ask('GET', '/v1/monitors/plain/findings')).json).toEqual({ findings: [] });
    expect((await lab().ask('GET', '/v1/monitors/none/findings')).status).toBe(404);
  });
});
