import type { DescribeModelPackageOutput } from '@aws-sdk/client-sagemaker';
import type { Monitor } from '../contract/monitor.ts';
import type { Store } from '../store/store.ts';
import { type Baselines, readBaselines } from './baselines.ts';
import type { ControlPlane } from './control-plane.ts';
import { packagesOf, preferredPackage } from './packages.ts';
import type { Variant } from './variants.ts';

export interface RegistryRequest {
  plane: ControlPlane;
  store: Pick<Store, 'get'>;
  variants: readonly Variant[];
  /** The endpoint's account. */
  account: string | null;
  /** Name of the monitor. */
  monitor: string;
}

/** What the model registry knows of the variants that answer; of a shadow only where it alone is asked for. */
export async function askRegistry({ plane, store, variants, account, monitor }: RegistryRequest): Promise<Baselines> {
  const answering = variants.filter(({ shadow }) => !shadow || variants.length === 1);
  const found = await packagesOf(plane, answering, account);
  const opened = preferredPackage(found);
  const read: Baselines = opened === null ? { monitor: {}, facts: [], notes: [], left: [] } : await readBaselines(store, opened, monitor);
  return {
    monitor: { ...read.monitor, ...(opened !== null && problemOf(opened, read.monitor)) },
    facts: [...found.facts, ...read.facts],
    notes: [...found.notes, ...read.notes, ...namesNote(read.monitor)],
    left: read.left,
  };
}

/** The kind of problem where there is no doubt: a model-quality baseline says it, else the package's task, which of classes does not say how many. */
function problemOf({ Task }: DescribeModelPackageOutput, imported: Partial<Monitor>): Pick<Monitor, 'problem'> {
  if (imported.problem !== undefined) return { problem: imported.problem };
  return Task?.toUpperCase() === 'REGRESSION' ? { problem: 'regression' } : {};
}

/** Settings of columns apply by name, and CSV payloads have none: unsaid, they would apply to nothing. */
function namesNote({ columns = {}, input }: Partial<Monitor>): string[] {
  const named = Object.keys(columns).some((name) => !/^_c\d+$/.test(name));
  if (!named || input?.names !== undefined) return [];
  return [
    'the baseline names its columns, CSV payloads do not (there they are _c0, _c1, …): if these are CSV, add input.names, output columns first, or the settings of columns apply to nothing',
  ];
}
