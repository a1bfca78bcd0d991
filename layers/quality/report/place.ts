import type { Finding } from '../contract/report.ts';
import { checkName } from './measures.ts';
import type { FindingView } from './view.ts';

/** What a finding is about, where it is not about columns. */
export interface Place {
  /** `model`, a segment, or a group. */
  label: string;
  /** Part of the page that shows it. */
  section: 'performance' | 'fairness';
  /** The sentence without the label it starts with. */
  message: string;
}

/** Null for findings about columns or all rows. */
export function placeOf({ finding, lead }: Pick<FindingView, 'finding' | 'lead'>): Place | null {
  const id = finding.checks[0] ?? '';
  const name = checkName(id);
  const segment = finding.segments[0] ?? null;
  const place = (label: string, section: Place['section']): Place => ({ label, section, message: without(label, finding.title) });
  switch (name) {
    case 'four_fifths':
    case 'fairness_gap':
      return place(groupOf(id, lead?.metric?.facet ?? null), 'fairness');
    case 'performance':
      return place(segment ?? 'model', 'performance');
    case 'estimated_performance':
      return place(segment ?? 'model (estimated)', 'performance');
    case 'label_coverage': {
      const facet = lead?.metric?.facet ?? null;
      return facet === null ? place(segment ?? 'labels', 'performance') : place(facet, 'fairness');
    }
    default:
      return null;
  }
}

/** `four_fifths/sex=F`, `fairness_gap/selection_rate/sex=F`: the group, where no metric names it. */
function groupOf(id: string, facet: string | null): string {
  if (facet !== null) return facet;
  const group = id.slice(checkName(id).length + 1);
  return checkName(id) === 'fairness_gap' ? group.slice(group.indexOf('/') + 1) : group;
}

/** A sentence, and what made it so. */
export const withWhy = ({ why }: Pick<Finding, 'why'>, message: string): string => (why === undefined ? message : `${message}: ${why}`);

const without = (label: string, title: string): string => (title.startsWith(`${label}: `) ? title.slice(label.length + 2) : title);
