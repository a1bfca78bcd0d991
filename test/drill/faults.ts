/** What may go wrong, as chances. */
export interface Faults {
  /** A call is answered with 500 or 503. */
  refused: number;
  /** A download breaks off half way. */
  partial: number;
  /** The process is killed just before something is written or sent, and just after it. */
  killedBefore: number;
  killedAfter: number;
  /** Milliseconds a call may take longer; no chance. */
  slow: number;
  /** A download takes far longer; one of four outlasts the function, which is then killed. */
  slowRead: number;
  /** What an attempt's machine may lack: see Machine. */
  machine: Record<Lack, number>;
}

/**
 * /tmp is full from one of the attempt's writes on; the engine cannot spill; the engine gets no memory for a statement; the process dies of memory while the
 * engine works; the engine has so little that it gives up by itself, or just enough.
 */
export const LACKS = ['disk', 'spill', 'memory', 'death', 'starved', 'tight'] as const;
export type Lack = (typeof LACKS)[number];

const NOTHING_LACKS: Faults['machine'] = { disk: 0, spill: 0, memory: 0, death: 0, starved: 0, tight: 0 };
export const NO_FAULTS: Faults = {
  ...{ refused: 0, partial: 0, killedBefore: 0, killedAfter: 0, slow: 0, slowRead: 0 },
  machine: NOTHING_LACKS,
};

/** Faults that happened, by kind. */
export type Met = Record<'refused' | 'partial' | 'killed' | 'slowReads' | 'overwritten' | 'deleted' | Lack, number>;
export const nothingMet = (): Met => ({
  ...{ refused: 0, partial: 0, killed: 0, slowReads: 0, overwritten: 0, deleted: 0 },
  ...NOTHING_LACKS,
});
