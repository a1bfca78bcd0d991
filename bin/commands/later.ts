import type { Command } from 'commander';
import { UsageError } from '../../layers/quality/contract/errors.ts';

/** Commands of the interface that a later release brings. */
const LATER = ['gate', 'probe'];

export function addLater(program: Command): void {
  for (const name of LATER)
    program
      .command(name, { hidden: true })
      .allowUnknownOption()
      .allowExcessArguments()
      .action(() => {
        throw new UsageError(`${name}: this release does not have it yet`);
      });
}
