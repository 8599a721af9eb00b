import type { Fields } from '../fields/values';
import { anthropic } from './anthropic';
import { bedrock } from './bedrock';
import { cohere } from './cohere';
import type { Dialect, StreamDialect } from './dialect';
import { embeddings } from './embeddings';
import { gemini } from './gemini';
import { geminiInteractions } from './geminiInteractions';
import { ollama } from './ollama';
import { openaiChat } from './openaiChat';
import { openaiResponses } from './openaiResponses';

const dialects: readonly Dialect[] = [
  openaiChat,
  openaiResponses,
  anthropic,
  gemini,
  geminiInteractions,
  bedrock,
  cohere,
  ollama,
  embeddings,
];

export interface StreamedDialect extends Dialect {
  readonly stream: StreamDialect;
}

/** The API that this body is a response of. */
export function dialectOfResponse(body: Fields): Dialect | undefined {
  return dialects.find(dialect => dialect.isResponse(body));
}

/** The API that this is an event of a stream of. */
export function dialectOfEvent(event: Fields): StreamedDialect | undefined {
  return dialects.find(
    (dialect): dialect is StreamedDialect => dialect.stream?.isEvent(event) === true,
  );
}
