import type { Notifier } from '../../layers/quality/alerts/notifier.ts';
import type { Trouble } from './trouble.ts';

/** People and programs who listen: what they heard, whole, and how often. */
export class Audience {
  constructor(
    readonly people = new Map<string, number>(),
    readonly programs = new Map<string, number>(),
  ) {}

  copy = (): Audience => new Audience(new Map(this.people), new Map(this.programs));

  /** Who tells them, from a process with this trouble: refused, or killed before or after it sent. */
  notifier(trouble: Trouble): Notifier {
    const hear = (heard: Map<string, number>, what: object): Promise<void> =>
      trouble.step(async () => {
        const words = JSON.stringify(what);
        heard.set(words, (heard.get(words) ?? 0) + 1);
      });
    return {
      message: (_, message) => hear(this.people, message),
      event: (detail) => hear(this.programs, detail),
      measure: () => undefined,
    };
  }
}

/** What one audience heard, held against what another did. */
export interface Hearing {
  /** What the undisturbed audience heard. */
  due: number;
  /** Of that, what the disturbed one never heard, and what it heard more than once. */
  lost: string[];
  repeated: number;
  /** What only the disturbed one heard. */
  astray: string[];
}

export function compareHearing(calm: ReadonlyMap<string, number>, disturbed: ReadonlyMap<string, number>): Hearing {
  const due = [...calm.keys()];
  return {
    due: due.length,
    lost: due.filter((words) => !disturbed.has(words)),
    repeated: due.filter((words) => (disturbed.get(words) ?? 0) > 1).length,
    astray: [...disturbed.keys()].filter((words) => !calm.has(words)),
  };
}
