import { type Command, Option } from 'commander';
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

/** Flags of the interface that a later release brings. */
export function addLaterFlags(command: Command, flags: readonly string[]): Command {
  for (const flag of flags) {
    const option = new Option(flag).hideHelp();
    command.addOption(option).on(`option:${option.name()}`, () => {
      throw new UsageError(`${option.long}: this release does not have it yet`);
    });
  }
  return command;
}
