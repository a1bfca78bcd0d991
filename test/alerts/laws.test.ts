import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JudgedReport } from '../../layers/quality/alerts/decide.ts';
import { findingKey } from '../../layers/quality/alerts/subject.ts';
import type { Verdict } from '../../layers/quality/contract/verdict.ts';
import { HOUR, listener, reportOf, START } from './lab.ts';

const COLUMNS = ['x', 'y', 'z'];
const verdict = fc.constantFrom<Verdict>('not_applicable', 'pass', 'warn', 'fail', 'error');
const verdicts = fc.record(Object.fromEntries(COLUMNS.map((name) => [name, verdict])));
const confirm = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 3 })).map(([m, more]) => [m, m + more] as const);
/** A story of hours, and the order, with repetitions, in which its reports come. */
const story = fc
  .array(verdicts, { minLength: 1, maxLength: 60 })
  .chain((hours) =>
    fc.record({ hours: fc.constant(hours), order: fc.array(fc.nat(hours.length - 1), { minLength: 1, maxLength: 120 }), confirm }),
  );

interface Story {
  hours: Record<string, Verdict>[];
  order: number[];
  confirm: readonly [number, number];
}

function listen({ hours, order, confirm }: Story, mutedUntil = new Map<string, number>()) {
  const reports: JudgedReport[] = hours.map((each, h) => reportOf(h, each));
  const people = listener({ confirm: [...confirm] as [number, number], mutedUntil });
  for (const h of order) people.tell(h, reports[h]!, reports.slice(Math.max(0, h - confirm[1] + 1), h).reverse());
  return { ...people, reports };
}

const inOrder = (hours: unknown[]): number[] => hours.map((_, h) => h);
const kindsOf = (heard: ReturnType<typeof listener>['heard'], title: string) => heard.filter(([, , each]) => each === title);

const isFailing = (verdict: Verdict): boolean => verdict === 'fail' || verdict === 'error';
const isPassing = (verdict: Verdict): boolean => verdict === 'pass' || verdict === 'warn';
const isAlarm = (hours: Record<string, Verdict>[], name: string, h: number, [m, n]: readonly [number, number]): boolean =>
  hours.slice(Math.max(0, h - n + 1), h + 1).filter((each) => isFailing(each[name]!)).length >= m;

describe('whatever the order and repetition of reports', () => {
  it('no alert is given twice', () => {
    fc.assert(
      fc.property(story, (told) => {
        const names = listen(told).heard.map((each) => each.join());
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });

  it('what recovers was opened, what is opened again has recovered, and what is told moves forward in time', () => {
    fc.assert(
      fc.property(story, (told) => {
        const { heard } = listen(told);
        for (const name of COLUMNS) {
          const own = kindsOf(heard, `${name} drifted`);
          own.forEach(([h, kind], i) => {
            const before = own[i - 1];
            const open = before !== undefined && before[1] !== 'recovered';
            expect(open).toBe(kind !== 'opened');
            if (before !== undefined) expect(h).toBeGreaterThan(before[0]);
          });
        }
      }),
    );
  });

  it('the last report again gives nothing, however often', () => {
    fc.assert(
      fc.property(story, fc.integer({ min: 1, max: 3 }), (told, times) => {
        const once = listen(told).heard;
        const again = listen({ ...told, order: [...told.order, ...Array<number>(times).fill(told.order.at(-1)!)] }).heard;
        expect(again).toEqual(once);
      }),
    );
  });

  it('reports in order that are each delivered several times give what they give once', () => {
    fc.assert(
      fc.property(story, fc.integer({ min: 2, max: 3 }), (told, times) => {
        const order = inOrder(told.hours);
        const repeated = order.flatMap((h) => Array<number>(times).fill(h));
        expect(listen({ ...told, order: repeated }).heard).toEqual(listen({ ...told, order }).heard);
      }),
    );
  });
});

describe('reports in order', () => {
  it('open an alert exactly where m of the last n fail, and leave it open as long as they do', () => {
    fc.assert(
      fc.property(story, ({ hours, confirm: [m, n] }) => {
        const people = listener({ confirm: [m, n] });
        const reports = hours.map((each, h) => reportOf(h, each));
        reports.forEach((report, h) => {
          people.tell(h, report, reports.slice(Math.max(0, h - n + 1), h).reverse());
          for (const name of COLUMNS) {
            const alarm = isAlarm(hours, name, h, [m, n]);
            const open = Object.values(people.told()).some((told) => told.open && told.subject === `column/${name}`);
            if (alarm && isFailing(hours[h]![name]!)) expect(open).toBe(true);
            if (!alarm && isPassing(hours[h]![name]!)) expect(open).toBe(false);
          }
        });
      }),
    );
  });

  it('remind of what stays open once a day, no more and no less', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (count) => {
        const hours = Array.from({ length: count }, (): Record<string, Verdict> => ({ x: 'fail' }));
        const { heard } = listen({ hours, order: inOrder(hours), confirm: [1, 1] });
        expect(heard.map(([h]) => h)).toEqual(hours.map((_, h) => h).filter((h) => h % 24 === 0));
      }),
    );
  });
});

describe('a mute', () => {
  it('silences its finding until it ends, changes nothing of the others, and ends', () => {
    fc.assert(
      fc.property(story, fc.nat(60), ({ hours, confirm }, until) => {
        const mutes = new Map([[findingKey({ id: 'shift/x', cause: 'shift', columns: ['x'] }), START + until * HOUR]]);
        const loud = listen({ hours, order: inOrder(hours), confirm });
        const quiet = listen({ hours, order: inOrder(hours), confirm }, mutes);
        const others = (heard: typeof loud.heard) => heard.filter(([, , title]) => title !== 'x drifted');
        expect(others(quiet.heard)).toEqual(others(loud.heard));
        expect(kindsOf(quiet.heard, 'x drifted').filter(([h]) => h < until)).toEqual([]);
        const at = hours.length - 1;
        if (at < until) return;
        const open = Object.values(quiet.told()).some((told) => told.open && told.subject === 'column/x');
        const [alarm, last] = [isAlarm(hours, 'x', at, confirm), hours[at]!.x!];
        if (alarm && isFailing(last)) expect(open).toBe(true);
        if (!alarm && isPassing(last)) expect(open).toBe(false);
      }),
    );
  });
});
