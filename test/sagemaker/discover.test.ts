import { describe, expect, it } from 'vitest';
import { monitorSchema } from '../../layers/quality/contract/monitor.ts';
import { monitorName } from '../../layers/quality/sagemaker/index.ts';
import { ENDPOINT, endpoint, LOCATION } from './descriptions.ts';
import { notesOf, used, world } from './fixture.ts';

const TWO = [
  { VariantName: 'Blue', CurrentWeight: 1 },
  { VariantName: 'Green', CurrentWeight: 3 },
];
const SHADOW = { ShadowProductionVariants: [{ VariantName: 'Candidate' }] };

describe('an endpoint that captures', () => {
  it('becomes a monitor of all its variants', async () => {
    const { monitor, facts } = await (await used()).found();
    expect(monitor).toEqual({
      schema: 'assay.monitor/1',
      monitor: ENDPOINT,
      deployment: 'credit-7',
      endpoint: ENDPOINT,
      input: { location: LOCATION, format: 'capture', samplingPercentage: 20 },
    });
    expect(monitorSchema.parse(monitor)).toEqual(monitor);
    expect(facts).toEqual([
      `endpoint   ${ENDPOINT}, InService: variant AllTraffic`,
      'capture    20 % of the requests, input and output; text/csv as CSV, other types as BASE64',
      `arrived    AllTraffic under ${LOCATION}`,
      'model      credit-7, of no model package',
    ]);
    expect(await notesOf()).toEqual([]);
  });

  it('believes the endpoint before its configuration', async () => {
    const now = { EnableCapture: true, CaptureStatus: 'Started', CurrentSamplingPercentage: 50, DestinationS3Uri: 's3://capture/data/' };
    const { monitor } = await (await used({ [`endpoints/${ENDPOINT}`]: endpoint({ DataCaptureConfig: now }) })).found();
    expect(monitor.input).toEqual({ location: LOCATION, format: 'capture', samplingPercentage: 50 });
  });

  it('becomes a monitor of one variant, named after both', async () => {
    const made = await used({ [`endpoints/${ENDPOINT}`]: endpoint({ ProductionVariants: TWO }) });
    const { monitor, facts } = await made.found('Blue');
    expect(monitor).toMatchObject({ monitor: `${ENDPOINT}-blue`, endpoint: ENDPOINT, input: { location: `${LOCATION}Blue/` } });
    expect(facts[0]).toBe(`endpoint   ${ENDPOINT}, InService: variant Blue`);
  });

  it('says which variants there are, the busiest first, where another is asked for', async () => {
    const made = await used({ [`endpoints/${ENDPOINT}`]: endpoint({ ProductionVariants: TWO, ...SHADOW }) });
    await expect(made.found('Bleu')).rejects.toThrow(
      `--variant: endpoint ${ENDPOINT} has no variant "Bleu", but Green, Blue and Candidate; did you mean "Blue"?`,
    );
  });

  it('warns of a shadow whose answers nobody saw', async () => {
    const files = { [`endpoints/${ENDPOINT}`]: endpoint(SHADOW) };
    expect(await notesOf(files)).toEqual([
      expect.stringMatching(/^shadow variant Candidate answers copies of requests.*--variant AllTraffic leaves it out$/),
    ]);
    const { monitor, notes } = await (await world(files)).found('Candidate');
    expect(monitor.monitor).toBe(`${ENDPOINT}-candidate`);
    expect(notes.join()).not.toContain('shadow variant');
  });

  it('names files of variants that are gone, and where nothing has come says what may be missing', async () => {
    const made = await used();
    await made.put(`data/${ENDPOINT}/Old/2026/06/01/13/x.jsonl`, '{}');
    expect((await made.found()).notes[0]).toMatch(/^files of Old are there too/);
    expect((await (await world()).found()).notes[0]).toMatch(/^nothing has been captured at .* yet.*s3:PutObject/);
  });
});

it('names of monitors fit, and stay apart', () => {
  expect(monitorName('Credit--Risk', null)).toBe('credit--risk');
  const long = ['A', 'B'].map((variant) => monitorName('e'.repeat(63), variant));
  expect(long.map((name) => name.length)).toEqual([63, 63]);
  expect(long[0]).not.toBe(long[1]);
});

describe('nothing is known, and one message says why', () => {
  it.each<[string, Parameters<typeof world>, string, RegExp]>([
    [
      'no such endpoint',
      [{}],
      'other',
      /^discover: endpoint "other" was not found: Could not find endpoint .*; aws sagemaker list-endpoints/,
    ],
    [
      'no permission',
      [{}, { denied: ['DescribeEndpoint'] }],
      ENDPOINT,
      /^discover: DescribeEndpoint of .*add the action sagemaker:DescribeEndpoint/,
    ],
  ])('%s', async (_, given, name, expected) => {
    await expect((await world(...given)).found(null, name)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(expected),
    });
  });
});
