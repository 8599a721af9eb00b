import { contentAfter } from '../../model/beginning';
import { answerOnly } from '../fields/bodies';
import { Recent } from '../fields/recent';
import { saidBefore } from '../fields/saidBefore';
import { type Fields, isFields, toId, toLabel, at } from '../fields/values';
import type { FileReader, Reading } from '../format';
import {
  endOf,
  type Place,
  readAnswer,
  readSpans,
  readTurn,
  timeOf,
  toolCalls,
  typeOf,
} from './messages';

const maxMessages = 5000; // whose first record is remembered, for those that are written again

/** Follows a conversation: its session, whose prompt an answer is to, and when that was sent. */
export class ChatReader implements FileReader {
  #sessionId: string | undefined;
  #promptId: string | undefined;
  #model: string | undefined;
  #lastTime: number | undefined;
  #hasInput = false;
  readonly #places = new Recent<Place>(maxMessages);

  read(record: unknown): Reading {
    if (!isFields(record)) {
      return { spans: [] };
    }
    const messages = messagesIn(record);
    if (messages !== undefined) {
      this.#readHead(record);
      return { spans: this.#readDocument(messages), sessionId: this.#sessionId };
    }
    if ('projectHash' in record || '$set' in record || '$rewindTo' in record) {
      this.#readHead(record);
      return { spans: [], sessionId: this.#sessionId };
    }
    const spans = readSpans(record, this.#placeOf(record), () => answerOnly([readAnswer(record)]));
    const messagesOf = () => readTurn(record);
    // a failed call adds nothing to the conversation, but was sent all of it
    return messagesOf().length === 0 && spans.length === 0
      ? { spans }
      : { spans, turn: { thread: 'main', id: toId(record['id']), messages: messagesOf } };
  }

  #readHead(record: Fields): void {
    this.#sessionId = toId(record['sessionId']) ?? this.#sessionId;
    this.#model ??= toLabel(at(record, ['meta', 'model']));
  }

  /** A whole conversation: what was said before a call stands before it in the same document. */
  #readDocument(messages: readonly Fields[]): Reading['spans'] {
    const before = saidBefore(messages, readTurn);
    return messages.flatMap((message, index) =>
      readSpans(message, this.#placeOf(message), () =>
        contentAfter(before(index), answerOnly([readAnswer(message)])),
      ),
    );
  }

  #placeOf(message: Fields): Place {
    const id = toId(message['id']);
    const known = this.#places.get(id);
    if (typeOf(message) === 'user') {
      this.#promptId = id ?? `${timeOf(message) ?? ''}`;
    }
    const hasPrompt = this.#sessionId !== undefined && this.#promptId !== undefined;
    const place = known ?? {
      sessionId: this.#sessionId,
      traceId: hasPrompt ? `${this.#sessionId}/${this.#promptId}` : undefined,
      sentAt: this.#lastTime,
      hasInput: this.#hasInput,
      model: this.#model,
      toldTools: 0,
    };
    this.#places.set(id, { ...place, toldTools: toolCalls(message).length });
    this.#lastTime = endOf(message) ?? this.#lastTime;
    this.#hasInput = true;
    return place;
  }
}

/** The messages of a record that holds a whole conversation. */
export function messagesIn(record: Fields): readonly Fields[] | undefined {
  const messages = record['messages'] ?? record['history'];
  return Array.isArray(messages) ? messages.filter(isFields) : undefined;
}
