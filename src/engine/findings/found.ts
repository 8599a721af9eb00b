import type { Rule } from '../../rules/rule';

/** A finding as it is kept: what it says is made again when it is shown. */
export interface Found {
  readonly head: number;
  /** Id of an error category, or of the rule. */
  readonly category: string;
  /** undefined: the error classifier's. */
  readonly rule: Rule | undefined;
}
