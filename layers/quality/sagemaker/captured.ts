import type { Store } from '../store/store.ts';
import { s3Words } from './s3-words.ts';
import type { Variant } from './variants.ts';
import { clean, enumerated, parseS3 } from './words.ts';

/** What lies under a capture prefix: the names of variants, or of years; a note where nothing does, or nobody may look. */
export async function lookAtCaptured(
  store: Pick<Store, 'folders'>,
  location: string,
  variants: readonly Variant[] | null,
  capturing: boolean,
): Promise<{ facts: string[]; notes: string[] }> {
  const { bucket, key } = parseS3(location)!;
  let folders: string[];
  try {
    folders = await store.folders(bucket, key);
  } catch (error) {
    return { facts: [], notes: [`${clean(location)} cannot be listed: ${s3Words(error, 's3:ListBucket')}`] };
  }
  if (folders.length === 0) return { facts: [], notes: capturing ? [nothingYet(location)] : [] };
  const gone = variants === null ? [] : folders.filter((name) => !variants.some((variant) => variant.name === name));
  return {
    facts: [`arrived    ${enumerated(folders)} under ${clean(location)}`],
    notes:
      gone.length === 0
        ? []
        : [`files of ${enumerated(gone)} are there too, which the endpoint no longer has; they are judged if they arrive anew`],
  };
}

const nothingYet = (location: string): string =>
  `nothing has been captured at ${clean(location)} yet: files come minutes after a request; if there were any, let the endpoint's execution role s3:PutObject there, without which SageMaker writes nothing and says nothing`;
