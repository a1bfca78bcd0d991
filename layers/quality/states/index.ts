import { categories } from './categories.ts';
import { cuts } from './cuts.ts';
import { distinct } from './distinct.ts';
import { extremes } from './extremes.ts';
import { hours } from './hours.ts';
import { lengths } from './lengths.ts';
import { moments } from './moments.ts';
import type { State } from './state.ts';
import { tally } from './tally.ts';

/** Version of the set of states: part of every report's id. */
export const STATES_VERSION = 1;

/** Every mergeable statistic. Adding one: its file and a line here; the law suite in test/states covers it. */
export const STATES: readonly State[] = [tally, moments, extremes, cuts, categories, distinct, lengths, hours] as readonly State[];
