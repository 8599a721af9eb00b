import { calls } from './calls';
import { check } from './check';
import type { Command } from './command';
import { diagnose } from './diagnose';
import { records } from './records';
import { search } from './search';
import { show } from './show';
import { sources } from './sources';
import { stats } from './stats';
import { traces } from './traces';
import { watch } from './watch';

/** Every command, in the order of the help. Adding one is a file and a line here. */
export const commands: readonly Command[] = [
  calls,
  search,
  show,
  traces,
  records,
  stats,
  diagnose,
  check,
  watch,
  sources,
];
