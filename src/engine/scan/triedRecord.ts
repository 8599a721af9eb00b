import type { SpanPatch } from '../../model/span';
import type { FieldPath, FieldPaths } from './fieldPaths';
import { isSamePatch } from './patches';
import { type Leaf, replaceLeaves } from './recordLeaves';

/** What the format makes of a record like the one on trial. */
export type Read = (record: unknown) => SpanPatch | 'other' | undefined;

/** A record on trial: what its format made of it, and makes of others like it. */
export class TriedRecord {
  constructor(
    readonly value: unknown,
    readonly patch: SpanPatch | undefined,
    readonly paths: FieldPaths,
    readonly read: Read,
    /** Whether its words matter, as far as that was found out: that is asked again when others are found to. */
    readonly wordsThatMatter: Map<FieldPath, boolean>,
  ) {}

  /** What is made of it with other texts and numbers. */
  readWith(replace: (leaf: Leaf) => string | number): SpanPatch | 'other' | undefined {
    return this.read(replaceLeaves(this.value, this.paths, replace));
  }

  /** Whether what was made of another one is the same. */
  isLike(said: SpanPatch | 'other' | undefined): boolean {
    return said !== 'other' && isSamePatch(this.patch, said);
  }
}
