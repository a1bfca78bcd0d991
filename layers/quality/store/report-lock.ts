import type { PutObjectCommandInput } from '@aws-sdk/client-s3';
import { REPORTS } from '../contract/keys.ts';

/**
 * S3 Object Lock on reports, from when each is written: its version cannot be deleted or changed before by anyone (COMPLIANCE), or but by who has a
 * right of its own (GOVERNANCE).
 */
export interface ReportLock {
  mode: 'GOVERNANCE' | 'COMPLIANCE';
  days: number;
}

/** How a write says so. */
export type WriteLock = Pick<PutObjectCommandInput, 'ObjectLockMode' | 'ObjectLockRetainUntilDate'>;

const DAY_MS = 86_400_000;

/** What a write of this key has to say to be locked; nothing where it is no report. */
export const lockOf = (lock: ReportLock | undefined, key: string, now: Date): WriteLock =>
  lock === undefined || !key.startsWith(REPORTS)
    ? {}
    : { ObjectLockMode: lock.mode, ObjectLockRetainUntilDate: new Date(now.getTime() + lock.days * DAY_MS) };
