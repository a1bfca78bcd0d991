import type { StateSet } from '../engine/scan-plan.ts';
import { STATES, STATES_VERSION } from '../states/index.ts';
import type { Context, Json } from '../states/state.ts';

/** All the states of a set of records. `columns` keeps the order of the columns they were made for. */
export interface Profile {
  /** Identifies the cuts and categories the states were counted at. */
  cutsId: string;
  rows: number;
  columns: Map<string, StateSet>;
  /** States of whole rows. */
  table: StateSet;
}

/** What each column's states have to know, by column name. */
export type Contexts = Map<string, Context>;

const registry = new Map(STATES.map((state) => [state.name, state]));

export const stateOf = (name: string) => {
  const state = registry.get(name);
  if (state === undefined) throw new Error(`profile: unknown state "${name}"; this profile was written by a later version`);
  return state;
};

export function mergeSets(a: StateSet, b: StateSet): StateSet {
  const merged: StateSet = {};
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)]))
    merged[name] = a[name] === undefined ? b[name] : b[name] === undefined ? a[name] : stateOf(name).merge(a[name], b[name]);
  return merged;
}

/** The profile of both sets of records together. Profiles counted at different cuts do not merge. */
export function mergeProfiles(a: Profile, b: Profile): Profile {
  if (a.cutsId !== b.cutsId)
    throw new Error(`profile: cuts ${a.cutsId} and ${b.cutsId} do not merge; re-profile one of them at the other's cuts`);
  const columns = new Map(a.columns);
  for (const [name, set] of b.columns) columns.set(name, columns.has(name) ? mergeSets(columns.get(name)!, set) : set);
  return { cutsId: a.cutsId, rows: a.rows + b.rows, columns, table: mergeSets(a.table, b.table) };
}

const encodeSet = (set: StateSet): Json =>
  Object.fromEntries(Object.entries(set).map(([name, state]) => [name, stateOf(name).encode(state)]));

const decodeSet = (json: Json, version: number, context: Context): StateSet =>
  Object.fromEntries(
    Object.entries(json as Record<string, Json>).map(([name, state]) => [name, stateOf(name).decode(state, version, context)]),
  );

export const encodeProfile = (profile: Profile): Json => ({
  schema: 'assay.profile/1',
  states: STATES_VERSION,
  cuts: profile.cutsId,
  rows: profile.rows,
  table: encodeSet(profile.table),
  columns: [...profile.columns].map(([name, set]): Json => [name, encodeSet(set)]),
});

interface EncodedProfile {
  states: number;
  cuts: string;
  rows: number;
  table: Json;
  columns: [string, Json][];
}

/** The parts of an encoded profile that this version can read. */
export function partsOf(json: Json): EncodedProfile {
  const parts = json as unknown as EncodedProfile;
  if (parts.states > STATES_VERSION) throw new Error(`profile: states version ${parts.states}, this Assay reads up to ${STATES_VERSION}`);
  return parts;
}

export function decodeProfile(json: Json, contexts: Contexts): Profile {
  const { states, cuts, rows, table, columns } = partsOf(json);
  return {
    cutsId: cuts,
    rows,
    table: decodeSet(table, states, {}),
    columns: new Map(columns.map(([name, set]) => [name, decodeSet(set, states, contexts.get(name) ?? {})])),
  };
}
