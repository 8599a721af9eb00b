import type { Reading } from '../../formats/format';
import type { SpanPatch } from '../../model/span';
import { AccessLog } from './accessLog';
import type { FieldPath, FieldPaths } from './fieldPaths';
import type { ScanHash } from './lineScanner';
import { isSamePatch, onlyPatch } from './patches';
import { leavesOf } from './recordLeaves';
import type { ShapeWords } from './shapeWords';
import type { SumMemory, Sums } from './sums';
import { openTexts } from './textTrial';
import { TriedRecord } from './triedRecord';
import { type Learnt, Trial } from './trial';
import { WordTrial } from './wordTrial';

/** A record and what a format makes of it, alone. */
export interface Understood {
  /** Index in the list of formats. */
  readonly format: number;
  readonly reading: Reading;
}

/** Reads a record as if it was the only one of its file; undefined when nobody claims it. May throw. */
export type Understand = (record: unknown) => Understood | undefined;

/** The line at which a scan stopped. */
export interface StoppedLine {
  /** Its shape with no words but those that are known to matter. */
  readonly context: ScanHash;
  /** What stands in a slot, as it is written. */
  readonly text: (slot: number) => string;
}

/**
 * Finds out how the records of one shape are read, by watching the format read one of them and trying it with other values. No
 * format knows of it. A plan holds for records that agree in all that the format looked at, or differ in a way that was tried.
 */
export class Planner {
  readonly #paths: FieldPaths;
  readonly #words: ShapeWords;
  readonly #sums: SumMemory;
  /** The record that was watched last: it is looked at again for as long as its shape changes. */
  #watched: WatchedRecord | undefined;

  constructor(paths: FieldPaths, words: ShapeWords, sums: Sums) {
    this.#paths = paths;
    this.#words = words;
    this.#sums = { sums, freeSums: new Set() };
  }

  /** Undefined when it was looked at what nobody had looked at before: the line has another shape then. */
  #watch(record: unknown, understand: Understand): WatchedRecord | undefined {
    const log = new AccessLog();
    const seen = attempt(() => understand(log.watch(asObject(record))));
    this.#watched = { record, seen, wordsThatMatter: new Map(), words: undefined };
    return this.#paths.take(log.all(), record) ? undefined : this.#watched;
  }

  /** A line of a known shape, but for texts that nobody had met, was read by the parser as it would have been by its plan. */
  noteTexts(record: unknown): void {
    for (const { field, value } of openTexts(leavesOf(record, this.#paths))) {
      this.#paths.noteText(field, value, false);
    }
  }

  /** `known`: what was made of the record in its place in the file. */
  learn(
    { context, text }: StoppedLine,
    record: unknown,
    known: Understood,
    understand: Understand,
  ): Learnt {
    const watched =
      this.#watched?.record === record ? this.#watched : this.#watch(record, understand);
    if (watched === undefined) {
      return 'again';
    }
    const { seen } = watched;
    if (this.#paths.isFull || seen === undefined || seen.format !== known.format) {
      return 'plain';
    }
    const patch = onlyPatch(seen.reading);
    const inPlace = onlyPatch(known.reading);
    if (patch === 'other' || inPlace === 'other' || !isSamePatch(patch, inPlace)) {
      return 'plain';
    }
    const read = (changed: unknown): SpanPatch | 'other' | undefined => {
      const understood = attempt(() => understand(changed));
      return understood?.format === known.format ? onlyPatch(understood.reading) : 'other';
    };
    const words = this.#words.of(context, text);
    const tried = new TriedRecord(record, patch, this.#paths, read, watched.wordsThatMatter);
    watched.words = new WordTrial(tried, leavesOf(record, this.#paths), words);
    return new Trial(tried, known.format, words, this.#sums).run();
  }

  /** The record was of a known shape, once its words were judged: so lines with other words will be, that are judged along with it. */
  judgeOtherWords(): void {
    this.#watched?.words?.judgeOthers();
  }
}

interface WatchedRecord {
  readonly record: unknown;
  readonly seen: Understood | undefined;
  /** Whether its words matter, as far as that was found out. */
  readonly wordsThatMatter: Map<FieldPath, boolean>;
  /** As they were judged last. */
  words: WordTrial | undefined;
}

function asObject(record: unknown): object {
  return typeof record === 'object' && record !== null ? record : {};
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    // a format that stumbles over a record reads none of its kind quickly
    return undefined;
  }
}
