import { randomUUID } from 'node:crypto';
import { type UploadAnswer, uploadRequestSchema } from '../../contract/api.ts';
import { API_ROUTES } from '../../contract/api-routes.ts';
import { keys } from '../../contract/keys.ts';
import { parseJson, requireBody } from '../body.ts';
import { requireMonitor } from '../monitor-files.ts';
import { atPointer } from '../problem.ts';
import type { ApiResponse, Call } from '../request.ts';
import { json } from '../respond.ts';

const ROUTE = API_ROUTES.find(({ operation }) => operation === 'createUpload')!;
/** Time to begin the upload. */
const SECONDS = 900;

/** An address to upload to what is too large for a request; a check then names it as its data. */
export async function createUpload({ deps, request, monitor }: Call): Promise<ApiResponse> {
  requireBody(request, ROUTE);
  const parsed = uploadRequestSchema.safeParse(parseJson(request.body));
  if (!parsed.success) throw atPointer(parsed.error.issues[0]!.path, parsed.error.issues[0]!.message);
  await requireMonitor(deps, monitor);
  const { bytes } = parsed.data;
  const key = keys.upload(monitor, randomUUID());
  const answer: UploadAnswer = {
    method: 'PUT',
    url: await deps.store.presignPut(deps.dataBucket, key, bytes, SECONDS),
    headers: { 'content-length': String(bytes) },
    seconds: SECONDS,
    data: `s3://${deps.dataBucket}/${key}`,
  };
  return json(answer, 201, { 'cache-control': 'no-store' });
}
