import type { DescribeModelPackageOutput, FileSource, MetricsSource } from '@aws-sdk/client-sagemaker';
import { BASELINE_FILES } from '../model-monitor/index.ts';

/** A file that a model package names, and what it is for there. */
export interface Source {
  what: string;
  uri: string;
  /** Where the package has it: DriftCheckBaselines are meant for comparison, ModelMetrics are what was measured once. */
  from: 'DriftCheckBaselines' | 'ModelMetrics';
  /** `dataset`: rows. `baseline`: a file of Model Monitor or Clarify that can be imported. `other`: neither. */
  kind: 'dataset' | 'baseline' | 'other';
}

type Named = [what: string, source: MetricsSource | FileSource | undefined];

/** The files of a package, those meant for comparison first; of each purpose only the better half, and each address once. */
export function sourcesOf({ DriftCheckBaselines: drift, ModelMetrics: measured }: DescribeModelPackageOutput): Source[] {
  const purposes: [Named[], Named[]][] = [
    [statisticsOf('data quality', drift?.ModelDataQuality), statisticsOf('data quality', measured?.ModelDataQuality)],
    [statisticsOf('model quality', drift?.ModelQuality), statisticsOf('model quality', measured?.ModelQuality)],
    [
      [
        ['bias configuration', drift?.Bias?.ConfigFile],
        ['bias after training', drift?.Bias?.PostTrainingConstraints],
        ['bias before training', drift?.Bias?.PreTrainingConstraints],
      ],
      [
        ['bias report', measured?.Bias?.Report],
        ['bias after training', measured?.Bias?.PostTrainingReport],
        ['bias before training', measured?.Bias?.PreTrainingReport],
      ],
    ],
    [
      [
        ['explainability', drift?.Explainability?.Constraints],
        ['explainability configuration', drift?.Explainability?.ConfigFile],
      ],
      [['explainability report', measured?.Explainability?.Report]],
    ],
  ];
  const found = purposes.flatMap(([meant, other]) => {
    const first = present(meant, 'DriftCheckBaselines');
    return first.length > 0 ? first : present(other, 'ModelMetrics');
  });
  return found.filter(({ uri }, i) => found.findIndex((other) => other.uri === uri) === i);
}

const statisticsOf = (what: string, of: { Statistics?: MetricsSource; Constraints?: MetricsSource } | undefined): Named[] => [
  [`${what} constraints`, of?.Constraints],
  [`${what} statistics`, of?.Statistics],
];

const present = (named: Named[], from: Source['from']): Source[] =>
  named.flatMap(([what, source]) => {
    const uri = source?.S3Uri;
    return uri === undefined || uri === '' ? [] : [{ what, uri, from, kind: kindOf(what, uri, source?.ContentType) }];
  });

const DATA_TYPES = /^(text\/csv|application\/(x-)?(parquet|jsonlines|x-jsonlines))\b/i;
const DATA_NAMES = /\.(csv|tsv|parquet|jsonl)(\.gz)?$/i;

/** Feature attributions have no checks yet, whatever their files are called. */
function kindOf(what: string, uri: string, contentType: string | undefined): Source['kind'] {
  if (what.startsWith('explainability')) return 'other';
  if (DATA_NAMES.test(uri) || (DATA_TYPES.test(contentType ?? '') && !uri.endsWith('.json'))) return 'dataset';
  return BASELINE_FILES.some((name) => uri.endsWith(`/${name}`)) ? 'baseline' : 'other';
}
