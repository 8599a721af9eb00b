import type { LogFile } from '../store/logFile';
import {
  emptyRowValues,
  type IdField,
  idFields,
  type NumberField,
  tokenFields,
} from '../store/rowValues';
import { fromOfForm, identityFrom, splitIdentityText } from '../store/identity';
import { idsOf } from '../store/patchIds';
import { shortId } from '../store/shortId';
import type { SpanStore } from '../store/spanStore';
import type { SpanPatch } from '../../model/span';
import type { ScannedRows } from './scannedRows';
import {
  numberOf,
  patchOf,
  type NumberSum,
  type Plan,
  type SlotValues,
  type TextPiece,
  textOf,
} from './plan';

/** Words of a row whose numbers fit one key. */
const wordBits = 2 ** 26;
const maxKnownWords = 1000;

/** Numbers of templates by the numbers of their words. */
export type Templates = Map<number | string, number>;

const wordFields = ['name', 'provider', 'model', 'finishReason'] as const;
type Words = (typeof wordFields)[number];

/** Puts what a plan reads of a line into the store, without a patch being made for it. */
export class PlanWriter {
  readonly plan: Plan;
  readonly #store: SpanStore;
  readonly #rows: ScannedRows;
  readonly #values: SlotValues;
  readonly #row = emptyRowValues();
  readonly #ids: readonly (readonly [IdField, readonly TextPiece[]])[];
  readonly #words: readonly (readonly TextPiece[])[];
  readonly #numbers: readonly (readonly [NumberField, NumberSum])[];
  readonly #identity: readonly TextPiece[] | undefined;
  /** Numbers of words in the table of strings, by the hash that the scanner gives them. */
  readonly #knownWords = new Map<number, number>();
  readonly #templates: Templates;
  /** A request is looked for by an identity that is made of its id, and by nothing else. */
  #looksForRequests = false;

  constructor(
    plan: Plan,
    store: SpanStore,
    rows: ScannedRows,
    values: SlotValues,
    templates: Map<string, Templates>,
  ) {
    this.plan = plan;
    this.#store = store;
    this.#rows = rows;
    this.#values = values;
    this.#ids = plan.texts.flatMap(([field, pieces]) =>
      isIdField(field) ? [[field, pieces]] : [],
    );
    this.#words = plan.texts.flatMap(([field, pieces]) => (isWord(field) ? [pieces] : []));
    this.#numbers = plan.numbers;
    const shared = sharedBy(plan);
    this.#templates = templates.get(shared) ?? new Map();
    templates.set(shared, this.#templates);
    this.#identity = plan.texts.find(([field]) => field === 'identity')?.[1];
    this.#setConstants();
  }

  /** What every row says: filled in once, and left as it is by the others. */
  #setConstants(): void {
    const { constant } = this.plan;
    if (constant === undefined) {
      return;
    }
    const ids = idsOf(constant);
    this.#looksForRequests = fromOfForm(ids.form) === identityFrom.requestId;
    const { strings } = this.#store;
    const row = this.#row;
    row.requestId = strings.id(ids.requestId);
    row.traceId = strings.id(ids.traceId);
    row.spanId = strings.id(ids.spanId);
    row.parentSpanId = strings.id(ids.parentSpanId);
    row.sessionId = strings.id(ids.sessionId);
    row.startTime = constant.startTime ?? Number.NaN;
    row.durationMs = constant.durationMs ?? Number.NaN;
    row.endTime = constant.endTime ?? Number.NaN;
    row.timeToFirstTokenMs = constant.timeToFirstTokenMs ?? Number.NaN;
    row.loggedCostUsd = constant.loggedCostUsd ?? Number.NaN;
    for (const name of tokenFields) {
      row[name] = constant.usage?.[name] ?? Number.NaN;
    }
    this.#setIdentity(constant);
  }

  /** Where the identity is not made of the ids that the row has anyway. */
  #setIdentity(patch: SpanPatch): void {
    const ids = idsOf(patch);
    if (ids.identity === undefined || fromOfForm(ids.form) !== identityFrom.own) {
      return;
    }
    const { strings } = this.#store;
    const { scope, id } = splitIdentityText(ids.identity);
    this.#row.identityScope = scope === '' ? 0 : strings.id(scope);
    this.#row.identityId = strings.id(id);
  }

  /** Adds the row of the last record of the file. */
  write(file: LogFile, line: number): void {
    if (this.plan.constant === undefined) {
      return;
    }
    const row = this.#row;
    for (const [field, pieces] of this.#ids) {
      const isShared = field !== 'requestId' || this.#looksForRequests;
      row[field] = this.#idOf(pieces, line, isShared);
    }
    for (const [field, sum] of this.#numbers) {
      row[field] = numberOf(sum, this.#values);
    }
    const template = this.#templateOf(line);
    if (template === 0) {
      this.#store.addPatch(file, this.#patch(), this.plan.format);
      return;
    }
    if (this.#identity !== undefined && row.identityId !== 0) {
      this.#setIdentity({ ...this.plan.constant, identity: textOf(this.#identity, this.#values) });
    }
    this.#store.addRow(file, template, 0, row);
  }

  #templateOf(line: number): number {
    let key: number | string = 0;
    for (let index = 0; index < this.#words.length; index++) {
      const word = this.#wordOf(this.#words[index] ?? [], line);
      key = index < 2 ? Number(key) * wordBits + word : `${key} ${word}`;
    }
    let template = this.#templates.get(key);
    if (template === undefined) {
      template = this.#store.table.templateOf(this.#patch(), this.plan.format);
      this.#templates.set(key, template);
    }
    return template;
  }

  /** The same for a text that is one of a few. */
  #wordOf(pieces: readonly TextPiece[], line: number): number {
    const [only] = pieces;
    const isOne = pieces.length === 1 && typeof only === 'object';
    if (!isOne || !this.#rows.isHashed(line, only.slot)) {
      return this.#idOf(pieces, line);
    }
    const hash = this.#rows.number(line, only.slot);
    let word = this.#knownWords.get(hash);
    if (word === undefined) {
      word = this.#idOf(pieces, line);
      if (this.#knownWords.size < maxKnownWords) {
        this.#knownWords.set(hash, word);
      }
    }
    return word;
  }

  #patch(): SpanPatch {
    return patchOf(this.plan, this.#values) ?? emptyPatch;
  }

  /** The number of a text in the table of strings. `isShared`: somebody may look for it. */
  #idOf(pieces: readonly TextPiece[], line: number, isShared = true): number {
    const { strings } = this.#store;
    const rows = this.#rows;
    const [only] = pieces;
    const isOne = pieces.length === 1 && typeof only === 'object';
    if (isOne && rows.isPlainText(line, only.slot)) {
      const start = rows.textStart(line, only.slot);
      const end = rows.textEnd(line, only.slot);
      return isShared
        ? strings.idOfBytes(rows.bytes, start, end)
        : strings.idOfBytesUnshared(rows.bytes, start, end);
    }
    const text = shortId(textOf(pieces, this.#values));
    return isShared ? strings.id(text) : strings.idUnshared(text);
  }
}

/** What all rows with one template say, but for their words: plans that differ in ids and figures only have the same. */
function sharedBy({ format, constant, texts }: Plan): string {
  const { part, kind, status, error, tags, toolCallNames, hasInput, hasOutput } =
    constant ?? emptyPatch;
  const filled = new Set(texts.map(([field]) => field));
  const words = wordFields.map(name => (filled.has(name) ? null : (constant?.[name] ?? '')));
  const identity = constant && idsOf(constant).form;
  const userId = filled.has('userId') ? null : (constant?.userId ?? '');
  const flags = [part, kind, status, hasInput, hasOutput, error, tags, toolCallNames];
  return JSON.stringify([format, flags, words, identity, userId]);
}

const emptyPatch: SpanPatch = {
  part: 'whole',
  kind: 'event',
  name: '',
  status: 'unknown',
  hasInput: false,
  hasOutput: false,
};

function isIdField(field: string): field is IdField {
  return (idFields as readonly string[]).includes(field);
}

function isWord(field: string): field is Words {
  return (wordFields as readonly string[]).includes(field);
}
