import { maxSlots } from './lineScanner';
import type { LogFile } from '../store/logFile';
import type { BatchColumn } from '../store/rowBatch';
import { idFields, type IdField, numberFields, ownIdFields } from '../store/rowValues';
import { fromOfForm, identityFrom, splitIdentityText } from '../store/identity';
import { idsOf } from '../store/patchIds';
import { shortId } from '../store/shortId';
import type { SpanStore } from '../store/spanStore';
import type { SpanPatch } from '../../model/span';
import type { ScannedIds } from './scannedIds';
import {
  patchOf,
  scaled,
  type NumberSum,
  type Plan,
  type SlotValues,
  type TextPiece,
  textOf,
} from './plan';
import type { ScannedRows } from './scannedRows';
import type { TemplateCache } from './templateCache';

const wordFields = ['name', 'provider', 'model', 'finishReason'] as const;
type Words = (typeof wordFields)[number];

interface Text {
  readonly pieces: readonly TextPiece[];
  /** Where all of it stands; -1: it is made of several pieces. */
  readonly slot: number;
  /** Whether somebody may look for it. */
  readonly isShared: boolean;
}

interface TextColumn extends Text {
  readonly column: BatchColumn;
}

interface Constant {
  readonly column: BatchColumn;
  readonly value: number;
}

interface NumberColumn {
  readonly column: BatchColumn;
  readonly sum: NumberSum;
}

type OwnIdentity = Readonly<Record<(typeof ownIdFields)[number], number>>;

/** What all writers of a reader share. */
export interface PlanParts {
  readonly store: SpanStore;
  readonly rows: ScannedRows;
  readonly ids: ScannedIds;
  readonly values: SlotValues;
  readonly templates: TemplateCache;
}

/** Puts what a plan reads of a line into the batch of the store, without a patch being made for it. */
export class PlanWriter {
  readonly plan: Plan;
  /** Of each slot whether its text will be asked for as one that is shared: see `ScannedIds.resolve`. */
  readonly #isShared = new Uint8Array(maxSlots);
  readonly #store: SpanStore;
  readonly #rows: ScannedRows;
  readonly #scanned: ScannedIds;
  readonly #values: SlotValues;
  /** Those that it writes to. */
  readonly #columns: readonly BatchColumn[];
  /** When they were marked as written. */
  #fill = 0;
  /** What every row says. */
  #constants: readonly Constant[];
  readonly #ids: readonly TextColumn[];
  readonly #words: readonly Text[];
  /** Of the row that is written: its kind, their numbers, and zeros. */
  readonly #wordIds = new Float64Array(1 + wordFields.length);
  readonly #numbers: readonly NumberColumn[];
  /** Where it is not made of the ids that the row has anyway. */
  readonly #identity: readonly TextPiece[] | undefined;
  readonly #templates: TemplateCache;

  constructor(plan: Plan, { store, rows, ids: scanned, values, templates }: PlanParts) {
    this.plan = plan;
    this.#store = store;
    this.#rows = rows;
    this.#scanned = scanned;
    this.#values = values;
    const { fields } = store.batch;
    const ids = plan.constant && idsOf(plan.constant);
    const looksForRequests = ids !== undefined && fromOfForm(ids.form) === identityFrom.requestId;
    this.#ids = plan.texts.flatMap(([field, pieces]) =>
      isIdField(field)
        ? // a request is looked for by an identity that is made of its id, and by nothing else
          {
            ...textIn(pieces, field !== 'requestId' || looksForRequests),
            column: fields[field],
          }
        : [],
    );
    this.#words = plan.texts.flatMap(([field, pieces]) =>
      isWord(field) ? [textIn(pieces, true)] : [],
    );
    this.#numbers = plan.numbers.map(([field, sum]) => ({ column: fields[field], sum }));
    this.#templates = templates;
    this.#wordIds[0] = templates.kindOf(sharedBy(plan));
    const own = this.#ownIdentity(plan.constant);
    this.#identity = own && plan.texts.find(([field]) => field === 'identity')?.[1];
    this.#constants = this.#constantsOf(plan, own);
    if (plan.constant !== undefined) {
      [...this.#ids, ...this.#words]
        .filter(({ isShared, slot }) => isShared && slot >= 0)
        .forEach(({ slot }) => this.#isShared.fill(1, slot, slot + 1));
    }
    this.#columns = [...this.#constants, ...this.#ids, ...this.#numbers].map(
      ({ column }) => column,
    );
  }

  /** Numbers of texts that it remembers may be those of others now. */
  renew(): void {
    this.#constants = this.#constantsOf(this.plan, this.#ownIdentity(this.plan.constant));
  }

  isShared(slot: number): boolean {
    return this.#isShared[slot] === 1;
  }

  #constantsOf(
    { constant, texts, numbers }: Plan,
    own: OwnIdentity | undefined,
  ): readonly Constant[] {
    if (constant === undefined) {
      return [];
    }
    const { batch, strings } = this.#store;
    const { fields } = batch;
    const ids = { ...idsOf(constant), userId: undefined };
    const known = { ...constant.usage, ...constant };
    const written = new Set<string>([...texts, ...numbers].map(([field]) => field));
    const constants: Constant[] = [
      ...idFields.map(name => ({ name, value: strings.id(ids[name]) })),
      ...ownIdFields.map(name => ({ name, value: own?.[name] ?? 0 })),
    ]
      .filter(({ name, value }) => value !== 0 && !written.has(name))
      .map(({ name, value }) => ({ column: fields[name], value }));
    for (const name of numberFields) {
      const value = known[name];
      if (value !== undefined && !written.has(name)) {
        constants.push({ column: fields[name], value });
      }
    }
    return constants;
  }

  /** Where the identity is not made of the ids that the row has anyway. */
  #ownIdentity(patch: SpanPatch | undefined): OwnIdentity | undefined {
    const ids = patch && idsOf(patch);
    if (ids?.identity === undefined || fromOfForm(ids.form) !== identityFrom.own) {
      return undefined;
    }
    const { strings } = this.#store;
    const { scope, id } = splitIdentityText(ids.identity);
    return { identityScope: scope === '' ? 0 : strings.id(scope), identityId: strings.id(id) };
  }

  /** Adds the row of the last record of the batch, which is of this file. */
  write(file: LogFile, line: number): void {
    if (this.plan.constant === undefined) {
      return;
    }
    const template = this.#templateOf(line);
    const { batch } = this.#store;
    if (template === 0) {
      this.#store.addBatch(file);
      this.#store.addPatch(file, this.#patch(), this.plan.format);
      return;
    }
    const at = batch.rows;
    if (this.#fill !== batch.fills) {
      this.#fill = batch.fills;
      for (const column of this.#columns) {
        column.isWritten = true;
      }
    }
    // with no call for each value: they would be most of the time
    for (const { column, value } of this.#constants) {
      column.values[at] = value;
    }
    for (const text of this.#ids) {
      text.column.values[at] = this.#idOf(text, line);
    }
    const { numbers } = this.#rows;
    const start = this.#rows.numbersOf(line);
    for (const { column, sum } of this.#numbers) {
      const { first, second } = sum;
      const value = scaled(numbers[start + first.slot] ?? Number.NaN, first.scale);
      column.values[at] =
        second === undefined
          ? value
          : value + second.sign * scaled(numbers[start + second.slot] ?? Number.NaN, second.scale);
    }
    if (this.#identity !== undefined) {
      this.#setIdentity(at, textOf(this.#identity, this.#values));
    }
    batch.addRow(template);
  }

  #setIdentity(at: number, identity: string): void {
    const { constant } = this.plan;
    const own = constant && this.#ownIdentity({ ...constant, identity });
    if (own) {
      const { fields } = this.#store.batch;
      fields.identityScope.set(at, own.identityScope);
      fields.identityId.set(at, own.identityId);
    }
  }

  #templateOf(line: number): number {
    const words = this.#wordIds;
    let index = 1;
    for (const text of this.#words) {
      words[index++] = this.#idOf(text, line);
    }
    let template = this.#templates.get(words);
    if (template === undefined) {
      template = this.#store.table.templateOf(this.#patch(), this.plan.format);
      this.#templates.set(words, template);
    }
    return template;
  }

  #patch(): SpanPatch {
    return patchOf(this.plan, this.#values) ?? emptyPatch;
  }

  /** The number of a text in the table of strings. */
  #idOf({ pieces, slot, isShared }: Text, line: number): number {
    const id = slot < 0 ? -1 : this.#scanned.idOf(line, slot, isShared);
    if (id >= 0) {
      return id;
    }
    const { strings } = this.#store;
    const text = shortId(textOf(pieces, this.#values));
    return isShared ? strings.id(text) : strings.idUnshared(text);
  }
}

function textIn(pieces: readonly TextPiece[], isShared: boolean): Text {
  const [only] = pieces;
  const slot = pieces.length === 1 && typeof only === 'object' ? only.slot : -1;
  return { pieces, slot, isShared };
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
