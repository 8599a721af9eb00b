import type { Fields } from '../fields/values';
import type { ResponseFacts } from './facts';

/** How one API answers: in whole, and where it can, piece by piece. */
export interface Dialect {
  /** Whether it is the body of such a response; must be cheap and never throw. */
  isResponse(body: Fields): boolean;
  readResponse(body: Fields): ResponseFacts;
  readonly stream?: StreamDialect | undefined;
}

/** The events of a streamed response. */
export interface StreamDialect {
  isEvent(event: Fields): boolean;
  /** Id of the response, in the events that say it. */
  idOf(event: Fields): string | undefined;
  /** Whether the event begins a response; `hasEnded`: the one before it is over. Asked only of events without an id. */
  isStart(event: Fields, hasEnded: boolean): boolean;
  isEnd(event: Fields): boolean;
  /** An event that says what all later ones of its response need to be understood: model, tokens of the input. */
  isHead?(event: Fields): boolean;
  /** An event that says the figures of the whole response. */
  isSummary?(event: Fields): boolean;
  /** The part of the event that holds pieces of the answer. */
  bodyOf(event: Fields): unknown;
  /** The body that would have come without streaming, as far as these events of one response tell it. */
  assemble(events: readonly Fields[]): Fields;
}
