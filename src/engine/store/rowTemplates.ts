import type { SpanPatch } from '../../model/span';
import { ListTable } from './listTable';
import { fromOfForm } from './identity';
import { idsOf, type PatchIds } from './patchIds';
import type { RowLists } from './rowLists';
import { type WordTable, wordFields, type WordTexts } from './rowWords';

const maxTemplates = 65_536;
const noTexts: WordTexts = { name: 0, provider: 0, model: 0, finishReason: 0 };

/** What only some rows have of what rows share; the texts of words only where those are loose. */
export const rareFields = ['error', 'tags', 'toolCalls', ...wordFields] as const;
export const templateFields = ['words', 'userId', ...rareFields] as const;

/** What rows of one kind share, by numbers. */
export type Template = Readonly<Record<(typeof templateFields)[number], number>> & {
  /** Of `identityFrom`: where the rows have the id that their identity is made of; undefined: they have none. */
  readonly identityFrom: number | undefined;
  /** Whether it has any of `rareFields`. */
  readonly isRare: boolean;
};

/** What the rows of a kind share, made of a patch of that kind and kept by a number. */
export class RowTemplates {
  readonly #words: WordTable;
  readonly #lists: RowLists;
  #numbers = new ListTable();
  #templates: (Template | undefined)[] = [undefined];

  constructor(words: WordTable, lists: RowLists) {
    this.#words = words;
    this.#lists = lists;
  }

  make(patch: SpanPatch, ids: PatchIds, format: number): Template {
    const words = this.#words.id(patch, ids.form, format);
    const texts = this.#words.get(words).isLoose ? this.#words.texts : noTexts;
    const shared = {
      words,
      userId: this.#words.textId(patch.userId),
      error: this.#lists.errorId(patch.error),
      tags: this.#lists.tagsId(patch.tags),
      toolCalls: this.#lists.toolCallsId(patch.toolCallNames),
      name: texts.name,
      provider: texts.provider,
      model: texts.model,
      finishReason: texts.finishReason,
    };
    return {
      ...shared,
      identityFrom: ids.form === 0 ? undefined : fromOfForm(ids.form),
      isRare: rareFields.some(name => shared[name] !== 0),
    };
  }

  /** Its number; 0: there are too many. */
  idOf(patch: SpanPatch, format: number): number {
    const template = this.make(patch, idsOf(patch), format);
    const list = templateFields.map(name => template[name]);
    const id =
      this.#numbers.size < maxTemplates ? this.#numbers.id(list) : this.#numbers.find(list);
    this.#templates[id] = template;
    return id;
  }

  /** Numbers that were given stand for nothing any more. */
  forget(): void {
    this.#numbers = new ListTable();
    this.#templates = [undefined];
  }

  get(id: number): Template {
    const template = this.#templates[id];
    if (template === undefined || id === 0) {
      throw new RangeError(`there is no template ${id}`);
    }
    return template;
  }
}
