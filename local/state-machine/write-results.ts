import type { World } from './world.ts';

/** One child of a map, as the ResultWriter writes it. */
export interface ChildRecord {
  ExecutionArn: string;
  Input: string;
  InputDetails: { Included: true };
  Name: string;
  StateMachineArn: string;
  Status: 'SUCCEEDED' | 'FAILED' | 'PENDING';
  StartDate?: string;
  StopDate?: string;
  Output?: string;
  OutputDetails?: { Included: true };
  Error?: string;
  Cause?: string;
}

const STATUSES = ['FAILED', 'PENDING', 'SUCCEEDED'] as const;

/** A file for each status there is, and a manifest that names them: where the manifest is, is the result of the map. */
export async function writeResults(
  world: World,
  mapRun: string,
  { Bucket, Prefix }: { Bucket: string; Prefix: string },
  records: readonly ChildRecord[],
): Promise<{ MapRunArn: string; ResultWriterDetails: { Bucket: string; Key: string } }> {
  const folder = `${Prefix}/${mapRun.split(':').at(-1)}`;
  const files: Record<string, { Key: string; Size: number }[]> = {};
  for (const status of STATUSES) {
    const found = records.filter(({ Status }) => Status === status);
    files[status] = found.length === 0 ? [] : [{ Key: `${folder}/${status}_0.json`, Size: 0 }];
    for (const file of files[status]) {
      const body = JSON.stringify(found);
      file.Size = Buffer.byteLength(body);
      await world.put(Bucket, file.Key, body);
    }
  }
  const Key = `${folder}/manifest.json`;
  await world.put(Bucket, Key, JSON.stringify({ DestinationBucket: Bucket, MapRunArn: mapRun, ResultFiles: files }));
  return { MapRunArn: mapRun, ResultWriterDetails: { Bucket, Key } };
}
