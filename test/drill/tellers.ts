import { alertMessageSchema } from '../../layers/quality/contract/alerts.ts';
import { keys } from '../../layers/quality/contract/keys.ts';
import { reportSchema } from '../../layers/quality/contract/report.ts';
import { BUCKET } from './data.ts';
import type { World } from './world.ts';

const ADDRESS = `s3://${BUCKET}/`;

/**
 * The data of a world in an order in which people hear the same of it: those first of whose reports they were told, as they were, then all others, which had
 * nothing to add. Of several objects that fail alike the one that comes first is told of, whichever that is.
 */
export function tellersOf({ store, data }: World): string[] {
  const tellers: string[] = [];
  for (let number = 1; ; number++) {
    const body = store.objects.get(keys.alertMessage('m', 'object', number));
    if (body === undefined) break;
    const { address } = alertMessageSchema.parse(JSON.parse(body.toString()));
    const report = reportSchema.parse(JSON.parse(store.objects.get(address.replace(ADDRESS, ''))!.toString()));
    tellers.push(report.subject.objects[0]!.uri.replace(ADDRESS, ''));
  }
  return [...tellers, ...data.filter((key) => !tellers.includes(key))];
}
