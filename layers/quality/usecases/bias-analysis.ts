import { analysisJson, withErrorText } from '../clarify/index.ts';
import { type BiasSubject, biasValues } from '../model-monitor/index.ts';

const STAGES = ['post_training', 'pre_training'] as const;

/** analysis.json as a bias job leaves it. */
export const biasAnalysis = ({ label, labelValue: labelText, groups }: BiasSubject): string =>
  analysisJson(
    STAGES.map((stage) => ({
      ...{ stage, label, labelText },
      facets: groups.map((group) => ({
        column: group.facet,
        groups: [
          {
            text: group.value,
            values: biasValues(group)
              .filter(({ metric }) => metric.stage === stage)
              .map(withErrorText),
          },
        ],
      })),
    })),
  );
