import { describe, expect, it } from 'vitest';
import { findingKey } from '../../layers/quality/alerts/subject.ts';
import { HOUR, listener, reportOf, START } from './lab.ts';

const x = 'x drifted';

describe('alerts', () => {
  it('tell of what begins to fail, and when it no longer does', () => {
    const { tell, heard } = listener();
    for (const [h, verdict] of (['pass', 'fail', 'fail', 'warn', 'pass', 'fail'] as const).entries()) tell(h, reportOf(h, { x: verdict }));
    expect(heard).toEqual([
      [1, 'opened', x],
      [3, 'recovered', x],
      [5, 'opened', x],
    ]);
  });

  it('tell again after a day of what still fails', () => {
    const { tell, heard } = listener();
    for (let h = 0; h <= 50; h++) tell(h, reportOf(h, { x: 'fail' }));
    expect(heard).toEqual([
      [0, 'opened', x],
      [24, 'reminder', x],
      [48, 'reminder', x],
    ]);
  });

  it('tell of several findings at once, worst first, what begins before what ends', () => {
    const { tell, heard } = listener();
    tell(0, reportOf(0, { x: 'fail', y: 'pass' }));
    tell(1, reportOf(1, { x: 'pass', y: 'fail', z: 'error' }));
    expect(heard.slice(1)).toEqual([
      [1, 'opened', 'y drifted'],
      [1, 'opened', 'z drifted'],
      [1, 'recovered', x],
    ]);
  });

  it('take trouble of a column for one thing whatever its cause, and what labels show for another', () => {
    const finding = { id: 'shift/x', cause: 'shift', columns: ['x'] } as const;
    const surge = { id: 'null_surge/x', cause: 'null_surge', columns: ['x'] } as const;
    const gap = { id: 'disparity/x', cause: 'disparity', columns: ['x'] } as const;
    const broken = (uri: string) => ({ id: `readable/${uri}`, cause: 'unknown', columns: [] }) as const;
    const key = (of: Parameters<typeof findingKey>[0] | object) => findingKey({ columns: [], ...of } as Parameters<typeof findingKey>[0]);
    expect(key(surge)).toBe(key(finding));
    expect(key(gap)).not.toBe(key(finding));
    expect(key(broken('a'))).toBe(key(broken('b')));
    expect(key(finding)).toMatch(/^[0-9a-f]{16}$/);
  });

  it('do not take silence for recovery: no rows, too few, or labels that have not come', () => {
    const { tell, heard } = listener();
    tell(0, reportOf(0, { x: 'fail' }));
    tell(1, reportOf(1, {}));
    tell(2, reportOf(2, { x: 'not_applicable' }));
    tell(3, reportOf(3, { y: 'pass' }));
    expect(heard).toEqual([[0, 'opened', x]]);
    tell(4, reportOf(4, { x: 'pass' }));
    expect(heard.at(-1)).toEqual([4, 'recovered', x]);
  });

  it('take rows that are there again for recovered, and tell of the next outage', () => {
    const { tell, heard } = listener();
    const finding = { id: 'unknown', cause: 'unknown', columns: [], checks: ['row_count'], title: 'there are no rows' } as const;
    const outage = (h: number) => {
      const report = reportOf(h, { x: 'fail' });
      return {
        ...report,
        subject: { ...report.subject, rows: 0 },
        checks: [],
        findings: [{ ...report.findings[0]!, ...finding, columns: [], checks: ['row_count'] }],
      };
    };
    for (const [h, rows] of [true, false, true, false, true].entries()) tell(h, rows ? reportOf(h, { x: 'pass' }) : outage(h));
    expect(heard.map(([h, kind]) => [h, kind])).toEqual([
      [1, 'opened'],
      [2, 'recovered'],
      [3, 'opened'],
      [4, 'recovered'],
    ]);
  });

  it('take a column that is there again for recovered', () => {
    const { tell, heard } = listener();
    const missing = reportOf(0, { x: 'fail' });
    missing.findings[0] = { ...missing.findings[0]!, id: 'missing_column/x', cause: 'missing_column', checks: ['missing_column/x'] };
    tell(0, missing);
    tell(1, reportOf(1, { y: 'pass' }));
    expect(heard.map(([, kind]) => kind)).toEqual(['opened', 'recovered']);
  });

  it('tell once of a window that is audited again, and of what the later audit alone finds', () => {
    const { tell, heard } = listener();
    tell(0, reportOf(0, { x: 'fail' }));
    tell(0, reportOf(0, { x: 'fail' }));
    tell(0, reportOf(0, { x: 'fail', y: 'fail' }));
    expect(heard).toEqual([
      [0, 'opened', x],
      [0, 'opened', 'y drifted'],
    ]);
  });

  it('tell nothing of times before what people heard of last', () => {
    const { tell, heard } = listener();
    tell(5, reportOf(5, { x: 'fail' }));
    tell(6, reportOf(6, { x: 'pass' }));
    tell(4, reportOf(4, { x: 'fail' }));
    tell(5, reportOf(5, { x: 'fail' }));
    expect(heard.map(([h, kind]) => [h, kind])).toEqual([
      [5, 'opened'],
      [6, 'recovered'],
    ]);
  });

  it('end by the newest report alone', () => {
    const { tell, heard } = listener({ newest: false });
    tell(0, reportOf(0, { x: 'fail' }));
    tell(1, reportOf(1, { x: 'pass' }));
    expect(heard).toEqual([[0, 'opened', x]]);
  });

  it('forget what has been over for three months', () => {
    const { tell, told } = listener();
    tell(0, reportOf(0, { x: 'fail' }));
    tell(1, reportOf(1, { x: 'pass' }));
    expect(Object.values(told())).toMatchObject([{ open: false }]);
    tell(2, reportOf(2, { y: 'fail' }));
    tell(24 * 91, reportOf(24 * 91, { x: 'pass' }));
    expect(Object.values(told())).toMatchObject([{ subject: 'column/y', open: true }]);
  });
});

describe('confirm', () => {
  it('waits until m of n consecutive reports fail, and for fewer than m until it is over', () => {
    const { tell, heard } = listener({ confirm: [2, 3] });
    const verdicts = ['fail', 'pass', 'fail', 'pass', 'pass', 'fail', 'pass', 'pass', 'fail', 'fail'] as const;
    const reports = verdicts.map((verdict, h) => reportOf(h, { x: verdict }));
    for (const [h, report] of reports.entries()) tell(h, report, reports.slice(Math.max(0, h - 2), h).reverse());
    expect(heard.map(([h, kind]) => [h, kind])).toEqual([
      [2, 'opened'],
      [3, 'recovered'],
      [9, 'opened'],
    ]);
  });
});

describe('a mute', () => {
  const key = findingKey({ id: 'shift/x', cause: 'shift', columns: ['x'] });

  it('holds back one finding until it ends, and then what still fails is told', () => {
    const { tell, heard } = listener({ mutedUntil: new Map([[key, START + 3 * HOUR]]) });
    for (let h = 0; h < 5; h++) tell(h, reportOf(h, { x: 'fail', y: h === 1 ? 'fail' : 'pass' }));
    expect(heard).toEqual([
      [1, 'opened', 'y drifted'],
      [2, 'recovered', 'y drifted'],
      [3, 'opened', x],
    ]);
  });

  it('holds back that it is over as well', () => {
    const until = new Map<string, number>();
    const { tell, heard } = listener({ mutedUntil: until });
    tell(0, reportOf(0, { x: 'fail' }));
    until.set(key, START + 3 * HOUR);
    for (const h of [1, 2, 3]) tell(h, reportOf(h, { x: 'pass' }));
    expect(heard).toEqual([
      [0, 'opened', x],
      [3, 'recovered', x],
    ]);
  });
});
