import type { Usage } from '../../model/usage';
import { toDurationMs } from '../fields/duration';
import { readUsageObject } from '../fields/usage';
import { toTime } from '../fields/time';
import {
  at,
  type Fields,
  firstOf,
  isFields,
  paths,
  toId,
  toLabel,
  toCount,
  toNumber,
} from '../fields/values';
import type { Dialect } from './dialect';
import type { ResponseFacts } from './facts';
import { objectsIn } from './joined';

const usagePaths = paths('usage meta.tokens meta.billed_units usageMetadata');

/** Vectors: OpenAI and its likes (`object: list`), Cohere (`embeddings` with `meta`), Ollama, Gemini and Vertex. */
export const embeddings: Dialect = {
  isResponse: body => isList(body) || isVectors(body) || isPrediction(body),
  readResponse,
};

function isList(body: Fields): boolean {
  const [first] = objectsIn(body['data']);
  return (
    body['object'] === 'list' &&
    first !== undefined &&
    (first['object'] === 'embedding' || 'embedding' in first)
  );
}

function isVectors(body: Fields): boolean {
  const { embeddings: vectors } = body;
  const isCohere = isFields(body['meta']) && ('texts' in body || 'response_type' in body);
  const isOllama = typeof body['model'] === 'string' && 'total_duration' in body;
  const isGemini = objectsIn(vectors).some(vector => Array.isArray(vector['values']));
  return vectors !== undefined && (isCohere || isOllama || isGemini);
}

function isPrediction(body: Fields): boolean {
  const [first] = objectsIn(body['predictions']);
  return first !== undefined && isFields(first['embeddings']) && 'values' in first['embeddings'];
}

function readResponse(body: Fields): ResponseFacts {
  const nanoseconds = toNumber(body['total_duration']);
  return {
    kind: 'embedding',
    name: 'embeddings',
    id: toId(body['id']),
    model: toLabel(body['model']),
    startTime: toTime(body['created']),
    durationMs: nanoseconds === undefined ? undefined : toDurationMs(nanoseconds / 1e6),
    usage:
      asInput(firstOf(body, usagePaths, readUsageObject) ?? readUsageObject(body)) ??
      predicted(body),
    status: 'ok',
    messages: [],
  };
}

/** All tokens of an embedding are input. */
function asInput(usage: Usage | undefined): Usage | undefined {
  return (
    usage && {
      ...usage,
      inputTokens: usage.inputTokens ?? usage.totalTokens,
      totalTokens: undefined,
    }
  );
}

/** Vertex counts the tokens of each text. */
function predicted(body: Fields): Usage | undefined {
  const counts = objectsIn(body['predictions']).flatMap(
    prediction => toCount(at(prediction, ['embeddings', 'statistics', 'token_count'])) ?? [],
  );
  return counts.length === 0
    ? undefined
    : { inputTokens: counts.reduce((sum, count) => sum + count, 0) };
}
