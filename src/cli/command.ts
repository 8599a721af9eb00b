import type { ParseArgsConfig } from 'node:util';
import type { Io } from './io';
import type { Output } from './output';

/** What a person typed after the name of the command. */
export interface Invocation {
  readonly io: Io;
  readonly out: Output;
  readonly json: boolean;
  readonly paths: readonly string[];
  /** Value of an option that takes a text. */
  option(name: string): string | undefined;
  /** Whether a switch was given. */
  has(name: string): boolean;
}

export interface Command {
  readonly name: string;
  /** `calls PATH… [--filter QUERY]` */
  readonly usage: string;
  readonly summary: string;
  /** Lines below the usage. */
  readonly details: readonly string[];
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Gives the exit code; 0 when it gives none. Throws UsageError. */
  run(invocation: Invocation): Promise<number | void>;
}
