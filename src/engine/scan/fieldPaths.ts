import type { Access, AccessPath } from './accessLog';
import { isTimeText } from './sentinels';
import { type LineScanner, look, maxSlots, type ScanHash } from './lineScanner';

/** A step of the ways to the fields. */
export interface FieldNode {
  field: FieldPath | undefined;
  /** By name; `undefined`: the elements of an array. */
  readonly children: Map<string | undefined, FieldNode>;
}

/** How the values of a field are told apart. */
export type Reading =
  /** By themselves. */
  | 'label'
  /** By themselves, unless a line is read alike with others: a name, a model. */
  | 'word'
  /** By their kind: as long, of the same characters. */
  | 'kind'
  /** Not at all, but that there is text, or none. */
  | 'opaque';

/** What of a number's size tells it apart: nothing, whether it is as most are, or each step at which a reader may take it for something else. */
export type Magnitude = 'any' | 'range' | 'step';

/** Whether ids of digits are one kind with those of letters, and whole numbers with others: that is tried where it may pay, until it shows. */
export type Mixing = 'untried' | 'mixed' | 'apart';

/** A field that was looked at. */
export interface FieldPath {
  readonly key: string;
  readonly path: AccessPath;
  readonly hash: ScanHash;
  readonly isInArray: boolean;
  /** From the first text or number on that was met. */
  slot: number | undefined;
  isJudged: boolean;
  reading: Reading;
  magnitude: Magnitude;
  mixing: Mixing;
  /** Of a list: it matters how many elements there are and where. Of an object: in which order its names come. */
  isOrdered: boolean;
  /** Values that were met, while they are labels. */
  readonly labels: Set<string>;
  /** Of a field that is or was opaque: texts that were met since, and whether they matter. */
  texts: Map<string, boolean> | undefined;
  /** Whether a text that is none of these is asked about. */
  isAsked: boolean;
  flags: number;
  elements: number;
}

/** More different values are no labels. */
const maxLabels = 40;
/** Texts that are asked about, of a field and of all; after that all of them are read like those before. */
const maxTexts = 100;
const maxAllTexts = 2000;
/** More fields are not followed: then everything is read plainly. */
const maxPaths = 2000;

/** Every field that any reader was seen to look at, as the scanner knows them. */
export class FieldPaths {
  readonly #scanner: LineScanner;
  /** The record itself, whose names always count. */
  readonly root: FieldNode;
  #size = 0;
  #nextSlot = 0;
  #texts = 0;

  constructor(scanner: LineScanner) {
    this.#scanner = scanner;
    const field = fieldAt([], scanner.root);
    this.root = { field: { ...field, flags: look.names | look.below }, children: new Map() };
  }

  get isFull(): boolean {
    return this.#size >= maxPaths;
  }

  get(path: AccessPath): FieldPath | undefined {
    let node: FieldNode | undefined = this.root;
    for (const name of path) {
      node = node?.children.get(name);
    }
    return node?.field;
  }

  /** Takes what was looked at in `record`; true when something was not known before. */
  take(accesses: Iterable<Access>, record: unknown): boolean {
    let hasNews = false;
    for (const access of accesses) {
      if (access.path.length === 0) {
        continue; // the record itself: its names always count
      }
      for (let length = 1; length < access.path.length; length++) {
        hasNews = this.#raise(access.path.slice(0, length), look.below, 0, undefined) || hasNews;
      }
      const flags =
        (access.value ? look.value : 0) |
        (access.below ? look.below : 0) |
        (access.names ? look.names : 0);
      const value = access.value ? sampleAt(record, access.path) : undefined;
      hasNews = this.#raise(access.path, flags, access.elements, value) || hasNews;
    }
    return hasNews;
  }

  #raise(path: AccessPath, flags: number, elements: number, value: unknown): boolean {
    const known = this.get(path) ?? this.#add(path);
    if (known === undefined) {
      return false;
    }
    const raised = known.flags | flags;
    const isFirst = this.#takeFirst(known, value);
    if (raised === known.flags && elements <= known.elements && !isFirst) {
      return false;
    }
    known.flags = raised;
    known.elements = Math.max(known.elements, elements);
    this.#tell(known);
    return true;
  }

  /** How the values of a field are told apart is judged by the first text or number. */
  #takeFirst(field: FieldPath, value: unknown): boolean {
    const isScalar = typeof value === 'string' || typeof value === 'number';
    if (!isScalar || field.isJudged) {
      return false;
    }
    field.isJudged = true;
    field.reading = readingOf(value, field.isInArray);
    field.mixing = field.reading === 'kind' ? 'mixed' : 'untried';
    if (field.reading === 'opaque') {
      this.spill(field);
    }
    field.slot = !field.isInArray && this.#nextSlot < maxSlots ? this.#nextSlot++ : undefined;
    return true;
  }

  #add(path: AccessPath): FieldPath | undefined {
    const hash = this.#hashOf(path);
    if (hash === undefined || this.isFull) {
      // a field that is looked at and not followed: no shape can be trusted that is learnt from now on
      this.#size = maxPaths;
      return undefined;
    }
    const field = fieldAt(path, hash);
    this.#nodeAt(path).field = field;
    this.#size++;
    return field;
  }

  #nodeAt(path: AccessPath): FieldNode {
    let node = this.root;
    for (const name of path) {
      const child = node.children.get(name) ?? { field: undefined, children: new Map() };
      node.children.set(name, child);
      node = child;
    }
    return node;
  }

  /** The field is told apart in another way from now on: shapes that were made before are none any more. */
  change(
    field: FieldPath,
    change: Partial<
      Pick<FieldPath, 'reading' | 'magnitude' | 'mixing' | 'isOrdered' | 'texts' | 'isAsked'>
    >,
  ): void {
    Object.assign(field, change);
    this.#tell(field);
  }

  /** Remembers a value of a field of words or labels. False: there are too many for it to be one. */
  addLabel(field: FieldPath, value: string): boolean {
    field.labels.add(value);
    return field.labels.size <= maxLabels;
  }

  /** The values of a field are no words or labels, or too many. A word that matters may still come, so each is asked about once. */
  spill(field: FieldPath): void {
    this.change(field, {
      reading: 'opaque',
      texts: field.texts ?? new Map(),
      isAsked: this.#texts < maxAllTexts,
    });
  }

  noteText(field: FieldPath, text: string, matters: boolean): void {
    const { hash, texts } = field;
    this.#scanner.learn({ about: 'text', path: hash, text, matters });
    texts?.set(text, matters);
    this.#texts++;
    if (texts === undefined || texts.size >= maxTexts || this.#texts >= maxAllTexts) {
      this.change(field, { isAsked: false });
    }
  }

  #tell(field: FieldPath): void {
    const { hash, flags, reading, magnitude, mixing, isOrdered, slot, elements } = field;
    const how =
      (field.texts === undefined ? 0 : look.texts) |
      (field.isAsked ? look.asked : 0) |
      (reading === 'word' ? look.word : 0) |
      (reading === 'label' ? look.label : 0) |
      (reading === 'opaque' ? look.opaque : 0) |
      (magnitude === 'step' ? look.magnitude : 0) |
      (magnitude === 'range' ? look.range : 0) |
      (mixing === 'mixed' ? look.mixed : 0) |
      (isOrdered ? look.ordered : 0);
    this.#scanner.learn({ about: 'path', hash, flags: flags | how, slot, limit: elements });
  }

  #hashOf(path: AccessPath): ScanHash | undefined {
    let hash: ScanHash | undefined = this.#scanner.root;
    for (const name of path) {
      if (hash === undefined) {
        return undefined;
      }
      hash = name === undefined ? this.#scanner.element(hash) : this.#scanner.field(hash, name);
    }
    return hash;
  }
}

function fieldAt(path: AccessPath, hash: ScanHash): FieldPath {
  return {
    key: JSON.stringify(path),
    path,
    hash,
    isInArray: path.includes(undefined),
    isJudged: false,
    slot: undefined,
    reading: 'kind',
    magnitude: 'any',
    mixing: 'untried',
    isOrdered: false,
    labels: new Set(),
    texts: undefined,
    isAsked: false,
    flags: 0,
    elements: 0,
  };
}

export const shortWord = 64; // characters; what is longer is no word
const shortLabel = 32; // the same for what repeats in lists: a role, a type

/**
 * By the first value that is met: what is plainly an id or a time is one, what is short is a label until there are too many of
 * it, and the rest is what nobody looks into, until it shows that somebody does.
 */
function readingOf(value: string | number, isInArray: boolean): Reading {
  if (typeof value === 'number') {
    return 'opaque';
  }
  if (!isInArray && (isIdText(value) || isTimeText(value))) {
    return 'kind';
  }
  if (isInArray) {
    return value.length <= shortLabel && !/\s/.test(value) ? 'label' : 'opaque';
  }
  return value.length <= shortWord ? 'word' : 'opaque';
}

function isIdText(text: string): boolean {
  return (
    text.length <= 128 &&
    /\d/.test(text) &&
    /^(?:[A-Za-z]{1,12}[-_:])?(?:[0-9a-fA-F-]{16,}|[0-9A-Za-z]{8,}|\d{6,})$/.test(text)
  );
}

/** A value at a path of the record; of an array, of one of its elements. */
function sampleAt(record: unknown, path: AccessPath): unknown {
  let value: unknown = record;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) {
      return undefined;
    }
    value = name === undefined && Array.isArray(value) ? value[0] : Reflect.get(value, name ?? '');
  }
  return value;
}
