import { findingKey } from '../../alerts/subject.ts';
import type { FindingSummary } from '../../contract/api.ts';
import { API_ROUTES } from '../../contract/api-routes.ts';
import { keys } from '../../contract/keys.ts';
import { type Mute, type MuteRequest, muteRequestSchema } from '../../contract/mute.ts';
import { nearest } from '../../contract/nearest.ts';
import { alertStreams, encodeJson, readAlertState } from '../../usecases/alert-state.ts';
import { readMutes } from '../../usecases/mutes.ts';
import { parseJson, requireBody } from '../body.ts';
import { requireMonitor } from '../monitor-files.ts';
import { Problem, pointerTo } from '../problem.ts';
import { readPage } from '../read-reports.ts';
import type { ApiResponse, Call } from '../request.ts';
import { json } from '../respond.ts';
import { requireKnown } from './reports.ts';

const ROUTE = API_ROUTES.find(({ operation }) => operation === 'muteFinding')!;
/** Reports that are looked through for a finding nobody was told of. */
const RECENT = 24;
const ATTEMPTS = 3;

export async function listFindings(call: Call): Promise<ApiResponse> {
  await requireKnown(call);
  return json({ findings: await knownFindings(call) });
}

async function knownFindings({ deps, monitor }: Pick<Call, 'deps' | 'monitor'>): Promise<FindingSummary[]> {
  const mutes = new Map((await readMutes(deps, monitor)).map(({ finding, reason, by, until }) => [finding, { reason, by, until }]));
  const found: FindingSummary[] = [];
  for (const stream of await alertStreams(deps, monitor))
    for (const [finding, { open, title, severity, since }] of Object.entries((await readAlertState(deps, monitor, stream)).state.told))
      found.push({ finding, stream, open, title, severity, since, muted: mutes.get(finding) ?? null });
  for (const [finding, muted] of mutes)
    if (!found.some((each) => each.finding === finding))
      found.push({ finding, stream: null, open: false, title: null, severity: null, since: null, muted });
  return found.sort((a, b) => Number(b.open) - Number(a.open) || ((a.since ?? '') < (b.since ?? '') ? 1 : -1));
}

/** Keeps who wants to hear no more of a finding, why, and until when. */
export async function muteFinding(call: Call): Promise<ApiResponse> {
  const { deps, request, monitor, finding } = call;
  requireBody(request, ROUTE);
  const { reason, by, until } = parseMute(parseJson(request.body));
  await requireMonitor(deps, monitor);
  await requireFinding(call);
  const mute: Mute = { schema: 'assay.mute/1', monitor, finding, reason, by, until };
  const [key, body] = [keys.mute(monitor, finding), encodeJson(mute)];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const there = await deps.store.get(deps.dataBucket, key);
    if (there?.body.equals(body) || (await deps.store.replace(deps.dataBucket, key, body, 'application/json', there?.etag ?? null)))
      return json(mute, there === null ? 201 : 200);
  }
  throw new Problem(409, `the mute was changed by others ${ATTEMPTS} times meanwhile; try again`);
}

/** Every mistake with its place. */
function parseMute(body: unknown): MuteRequest {
  const parsed = muteRequestSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const known = Object.keys(muteRequestSchema.shape);
  const errors = parsed.error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys')
      return [{ pointer: pointerTo(issue.path), detail: issue.message.replace(/^Invalid input: /, '') }];
    return issue.keys.map((key) => {
      const near = nearest(key, known);
      const detail = near === null ? `unknown key; there are ${known.join(', ')}` : `unknown key; did you mean "${near}"?`;
      return { pointer: pointerTo([key]), detail };
    });
  });
  throw new Problem(400, 'expected {"reason": "…", "by": "…", "until": "2026-07-08T09:00:00Z"}', { errors });
}

/** A name that nothing ever had is a mistake: the mute would hold back nothing. */
async function requireFinding(call: Pick<Call, 'deps' | 'monitor' | 'finding'>): Promise<void> {
  const { deps, monitor, finding } = call;
  if ((await knownFindings(call)).some((known) => known.finding === finding)) return;
  const everything = { from: -Infinity, to: Infinity };
  const { found } = await readPage(deps, monitor, { bounds: everything, after: null, limit: RECENT, kind: undefined });
  if (found.some(({ report }) => report.findings.some((each) => findingKey(each) === finding))) return;
  throw new Problem(
    404,
    `monitor "${monitor}" has no finding "${finding}" that people were told of, and none in its last ${RECENT} reports`,
  );
}
