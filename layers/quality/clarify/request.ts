import type { Methods } from './parse-config.ts';

/** Everything analysis.json is computed from, as SQL over the rows of a table. */
export interface AnalysisRequest {
  /** The true outcome: true, false, null where there is none. */
  label: { name: string; text: string; sql: string } | null;
  /** The predicted one, or why nothing can be said after training; null where there is none. */
  prediction: { name: string; text?: string; sql: string } | { name: string; error: string } | null;
  facets: AnalysisFacet[];
  /** SQL of the group variable's text. */
  group: string | null;
  methods: Methods;
  /** Columns that are neither outcome nor kept from the model: what the flip test looks at, less the facet's own. */
  features: string[];
  /** Whether the file says types; CSV does not. */
  typed: boolean;
  /** Rows × groups up to which the flip test is taken: it searches neighbours for each row of a group. */
  flipWork: number;
}

/** A facet: SQL of what its rows are, and the groups looked at, each by one such value. */
export interface AnalysisFacet {
  column: string;
  sql: string;
  groups: { text: string; value: string }[];
}

/** What `sql` of a facet of one group says of its rows. */
export const INSIDE = 'in';
export const insideSql = (selected: string): string => `CASE WHEN (${selected}) THEN '${INSIDE}' WHEN NOT (${selected}) THEN 'out' END`;

/** What a configuration asks for is worth a wait; what comes along with every check is not. */
export const FLIP_WORK = { asked: 1_000_000, alongside: 20_000 } as const;
