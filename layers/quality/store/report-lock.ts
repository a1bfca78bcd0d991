/** S3 Object Lock on reports, from when each is written: nobody deletes or changes them before (COMPLIANCE), or only who has a right of its own (GOVERNANCE). */
export interface ReportLock {
  mode: 'GOVERNANCE' | 'COMPLIANCE';
  days: number;
}

/** How a write says so. */
export interface WriteLock {
  ObjectLockMode?: ReportLock['mode'];
  ObjectLockRetainUntilDate?: Date;
}

const REPORTS = 'reports/';
const DAY_MS = 86_400_000;

/** What a write of this key has to say to be locked; nothing where it is no report. */
export const lockOf = (lock: ReportLock | undefined, key: string, now: Date): WriteLock =>
  lock === undefined || !key.startsWith(REPORTS)
    ? {}
    : { ObjectLockMode: lock.mode, ObjectLockRetainUntilDate: new Date(now.getTime() + lock.days * DAY_MS) };
