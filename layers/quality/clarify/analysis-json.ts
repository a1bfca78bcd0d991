import type { ClarifyValue } from '../metrics/fairness/index.ts';
import type { Stage } from './parse-config.ts';

/** The metrics of one stage: of each facet its groups, of each group its values. */
export interface AnalysisSection {
  stage: Stage;
  label: string;
  labelText: string;
  facets: { column: string; groups: { text: string; values: ClarifyValue[] }[] }[];
}

/** Numbers as Clarify writes them: infinities as text. */
const written = (value: number): number | string => {
  if (value === Number.POSITIVE_INFINITY) return 'Infinity';
  return value === Number.NEGATIVE_INFINITY ? '-Infinity' : value;
};

const metricOf = ({ metric, value, reason }: ClarifyValue) => ({
  name: metric.code,
  description: metric.description,
  ...(value === null ? { value: null, error: reason ?? 'no value' } : { value: written(value) }),
});

function sectionOf({ label, labelText, facets }: AnalysisSection) {
  const byColumn = new Map<string, unknown[]>();
  for (const { column, groups } of facets) {
    const entries = groups.map(({ text, values }) => ({ value_or_threshold: text, metrics: values.map(metricOf) }));
    byColumn.set(column, [...(byColumn.get(column) ?? []), ...entries]);
  }
  return { label, facets: Object.fromEntries(byColumn), label_value_or_threshold: labelText };
}

/** analysis.json as Clarify's jobs write it: after training comes first, metrics in order of their codes, what has no value null with its error. */
export function analysisJson(sections: readonly AnalysisSection[]): string {
  const of = (stage: Stage) => sections.find((section) => section.stage === stage);
  const [post, pre] = [of('post_training'), of('pre_training')];
  const document = {
    version: '1.0',
    ...(post && { post_training_bias_metrics: sectionOf(post) }),
    ...(pre && { pre_training_bias_metrics: sectionOf(pre) }),
  };
  return `${JSON.stringify(document, null, 4)}\n`;
}
