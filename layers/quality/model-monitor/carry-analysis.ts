import { type Draft, note, setColumn, setValueFacet } from './draft.ts';
import { listed, plain } from './plain.ts';
import type { Analysis } from './schemas.ts';

const INTERVAL = /^\((-?[\d.eE+-]+|-?inf(?:inity)?), ?(-?[\d.eE+-]+|inf(?:inity)?)\]$/i;
type Stage = NonNullable<Analysis['pre_training_bias_metrics']>;

/** Facets, label and positive value of a bias baseline, where no configuration said them already. */
export function carryAnalysis(draft: Draft, analysis: Analysis, uri: string): void {
  const stages = [analysis.pre_training_bias_metrics, analysis.post_training_bias_metrics].filter((stage) => stage !== undefined);
  for (const stage of stages) carryStage(draft, stage);
  const bounded = stages.flatMap(({ facets }) =>
    Object.entries(facets).flatMap(([facet, groups]) => groups.map(({ value_or_threshold }) => `${facet}=${value_or_threshold}`)),
  );
  if (bounded.length > 0)
    note(
      draft,
      uri,
      `bias metrics of ${listed([...new Set(bounded)])} as constraints: "fairness_gap" holds groups against Assay's own baseline`,
    );
  if (analysis.explanations !== undefined) note(draft, uri, '"explanations" as constraints: attributions are not compared');
}

function carryStage(draft: Draft, { label, label_value_or_threshold: positive, facets }: Stage): void {
  const hasLabel = [...draft.columns.values()].some(({ role }) => role === 'label');
  if (!hasLabel) setColumn(draft, label, { role: 'label' });
  if (positive !== undefined && draft.rest.positive === undefined && !INTERVAL.test(positive))
    Object.assign(draft.rest, { positive: [positive], problem: 'binary' });
  for (const [name, groups] of Object.entries(facets)) {
    if (draft.columns.get(name)?.facet !== undefined || groups.length === 0) continue;
    const interval = groups.length === 1 ? INTERVAL.exec(groups[0]!.value_or_threshold) : null;
    if (interval !== null) setColumn(draft, name, { facet: { above: boundOf(interval[1]!), upTo: boundOf(interval[2]!) } });
    else carryValues(draft, name, groups);
  }
}

/** Groups of which Clarify makes one metric each: one value is a group, several are each in turn. */
function carryValues(draft: Draft, name: string, groups: { value_or_threshold: string }[]): void {
  setValueFacet(draft, name, groups.length === 1 ? [groups[0]!.value_or_threshold] : []);
  if (groups.length > 1) draft.notes.push(`facet "${plain(name)}": every value is judged, not only ${groups.length} of them`);
}

const boundOf = (text: string): number | null => (/inf/i.test(text) || !Number.isFinite(Number(text)) ? null : Number(text));
