import type { Column } from '../contract/columns.ts';
import { digestOf } from '../contract/digest.ts';
import type { OutcomePlan } from '../contract/outcomes.ts';
import type { Report } from '../contract/report.ts';
import type { Cut } from '../engine/make-cuts.ts';
import type { Json } from '../states/state.ts';
import type { ColumnCounts } from './column-counts.ts';
import { type BaselineOutcomes, decodeBaselineOutcomes, encodeBaselineOutcomes } from './outcomes/baseline-outcomes.ts';
import { type Contexts, decodeProfile, encodeProfile, type Profile } from './profile.ts';
import type { Spread } from './spread.ts';

/** The profile of the reference data with its cuts, its chunks' spread and how often it would have alarmed about itself. */
export interface Baseline {
  id: string;
  columns: Column[];
  cuts: Map<string, Cut>;
  profile: Profile;
  spread: Spread;
  /** SHA-256 of the reference objects, ascending. */
  objects: string[];
  /** Event time of the reference data, seconds since the epoch. */
  from: number | null;
  to: number | null;
  falseAlarms: Report['falseAlarms'];
  /** Labels, predictions, scores and groups; null where there are none. */
  outcomes: BaselineOutcomes | null;
}

export const contextsOf = (cuts: Map<string, Cut>): Contexts => new Map([...cuts].map(([name, cut]) => [name, cut.context]));

/** Identifies cuts and categories: profiles with the same id merge. */
export const cutsIdOf = (columns: Column[], cuts: Map<string, Cut>): string =>
  digestOf(columns.map((column) => [column.name, column.type, column.role === 'id', ...cutJson(cuts.get(column.name)!)]));

export interface BaselineIdentity {
  objects: string[];
  columns: Column[];
  cutsId: string;
  plan: OutcomePlan | null;
  /** Digest of labels that came apart from the objects; null where none did. */
  labels: string | null;
}

/** A baseline is identified by its objects, roles, cuts, how its outcomes are read, and the labels it was given. */
export const baselineIdOf = ({ objects, columns, cutsId, plan, labels }: BaselineIdentity): string =>
  digestOf([
    [...objects].sort(),
    columns.map(({ name, role, type }) => [name, role, type]),
    cutsId,
    ...(plan === null ? [] : [plan]),
    ...(labels === null ? [] : [{ labels }]),
  ]);

const cutJson = ({ context, judged }: Cut): Json[] => [
  context.edges === undefined ? null : Array.from(context.edges),
  context.categories ?? null,
  context.sketchSize ?? null,
  Array.from(judged),
];

function cutFromJson(json: Json[]): Cut {
  const [edges, categories, sketchSize, judged] = json as [number[] | null, string[] | null, number | null, number[]];
  const context: Cut['context'] = {};
  if (edges !== null) context.edges = Float64Array.from(edges);
  if (categories !== null) context.categories = categories;
  if (sketchSize !== null) context.sketchSize = sketchSize;
  return { context, judged: Float64Array.from(judged) };
}

const countsJson = (counts: ColumnCounts): Json => [counts.rows, counts.blank, counts.fractional, ...counts.distribution];

function countsFromJson(json: Json): ColumnCounts {
  const [rows, blank, fractional] = json as number[];
  const distribution = (json as number[]).slice(3);
  const [unseen, infinite, misfit, missing] = distribution.slice(-4) as [number, number, number, number];
  return { rows: rows!, blank: blank!, fractional: fractional!, unseen, infinite, misfit, missing, distribution };
}

/** As it is kept in a baseline folder; one JSON value per column, so that the file stays readable line by line. */
export const encodeBaseline = (baseline: Baseline): Json => ({
  schema: 'assay.baseline/1',
  id: baseline.id,
  objects: baseline.objects,
  from: baseline.from,
  to: baseline.to,
  columns: baseline.columns as unknown as Json,
  cuts: [...baseline.cuts].map(([name, cut]): Json => [name, cutJson(cut)]),
  profile: encodeProfile(baseline.profile),
  spread: {
    step: baseline.spread.step,
    places: baseline.spread.places,
    columns: [...baseline.spread.columns].map(([name, chunks]): Json => [name, chunks.map(countsJson)]),
  },
  falseAlarms: baseline.falseAlarms as unknown as Json,
  outcomes: baseline.outcomes === null ? null : encodeBaselineOutcomes(baseline.outcomes),
});

export function decodeBaseline(json: Json): Baseline {
  const raw = json as unknown as Omit<Baseline, 'cuts' | 'profile' | 'spread' | 'outcomes'> & {
    schema: string;
    outcomes?: Json;
    cuts: [string, Json[]][];
    profile: Json;
    spread: { step: number | null; places: number[]; columns: [string, Json[]][] };
  };
  if (raw.schema !== 'assay.baseline/1') throw new Error(`baseline: schema "${raw.schema}", expected "assay.baseline/1"`);
  const cuts = new Map(raw.cuts.map(([name, cut]) => [name, cutFromJson(cut)]));
  return {
    id: raw.id,
    objects: raw.objects,
    from: raw.from,
    to: raw.to,
    columns: raw.columns,
    cuts,
    profile: decodeProfile(raw.profile, contextsOf(cuts)),
    spread: { ...raw.spread, columns: new Map(raw.spread.columns.map(([name, chunks]) => [name, chunks.map(countsFromJson)])) },
    falseAlarms: raw.falseAlarms,
    outcomes: raw.outcomes == null ? null : decodeBaselineOutcomes(raw.outcomes),
  };
}
