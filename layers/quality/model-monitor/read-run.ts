import { UsageError } from '../contract/errors.ts';
import { plain } from './plain.ts';
import { type FoundFile, parseAs, parseJson } from './read-json.ts';
import {
  PROBLEMS,
  type QualityStatistics,
  qualityStatisticsSchema,
  type Statistics,
  statisticsSchema,
  type Violations,
  violationsSchema,
} from './schemas.ts';

/** As jobs write it, and as the developer guide misspells it. */
const VIOLATIONS = ['constraint_violations.json', 'constraints_violations.json'];
export const RUN_FILES: readonly string[] = [...VIOLATIONS, 'statistics.json'];

export interface Run {
  uri: string;
  violations: Violations;
  /** Of data quality; null where there are none. */
  statistics: Statistics | null;
  /** Of model quality; null where there are none. */
  quality: QualityStatistics | null;
}

/** What a run of Model Monitor left in its folder. */
export function readRun(files: FoundFile[], uri: string): Run {
  const named = (names: readonly string[]): FoundFile[] =>
    files.filter((file) => names.includes(file.uri.slice(file.uri.lastIndexOf('/') + 1)));
  const [found, ...others] = named(VIOLATIONS);
  if (found === undefined) throw new UsageError(`${plain(uri)}: no constraint_violations.json there`);
  if (others.length > 0)
    throw new UsageError(
      `${plain(uri)}: ${others.length + 1} runs (${plain(found.uri)}, ${plain(others[0]!.uri)}); name the folder of one`,
    );
  const [statistics] = named(['statistics.json']);
  const json = statistics === undefined ? null : parseJson(statistics);
  return {
    uri,
    violations: parseAs(violationsSchema, parseJson(found), found.uri),
    statistics: json === null || !('features' in json) ? null : parseAs(statisticsSchema, json, statistics!.uri),
    quality: json === null || !isQuality(json) ? null : parseAs(qualityStatisticsSchema, json, statistics!.uri),
  };
}

const isQuality = (json: Record<string, unknown>): boolean => Object.keys(PROBLEMS).some((key) => Object.hasOwn(json, `${key}_metrics`));
