import type { ClassProbabilities } from '../../layers/quality/metrics/accuracy/index.ts';
import { type ClassLosses, classLosses } from '../../layers/quality/metrics/performance/class-losses.ts';
import { addLosses, readLosses, roomForLosses } from '../../layers/quality/profile/outcomes/class-losses.ts';
import { groupTable, widthOf } from '../../layers/quality/profile/outcomes/group-table.ts';

/** What rows at hand lose, as it is counted block by block. */
export function lossesOf({ classes, labels, probabilities, weights }: ClassProbabilities): ClassLosses {
  const rows = labels.length;
  const block = {
    rows,
    cell: Uint16Array.from(labels, (label) => label * (classes + 1) + classes),
    counts: new Uint8Array(rows).fill(1),
    weight: Float64Array.from(labels, (_, i) => weights?.[i] ?? 1),
  };
  const scores = Array.from({ length: classes }, (_, k) => Float64Array.from(labels, (_, i) => probabilities[i * classes + k]!));
  const lost = roomForLosses(rows);
  readLosses(block, scores, lost);
  const table = groupTable([], [], widthOf(classes), 0, true);
  addLosses(table.losses, block, lost, new Int32Array(rows));
  return classLosses(table, 0, classes)!;
}
