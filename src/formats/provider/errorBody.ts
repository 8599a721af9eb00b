import { toError } from '../fields/errors';
import {
  at,
  type Fields,
  firstOf,
  isFields,
  paths,
  toId,
  toLabel,
  toNumber,
  toText,
} from '../fields/values';
import type { SpanError } from '../../model/span';
import type { ResponseFacts } from './facts';

/** What may stand beside the error in a body that is nothing but an error. */
const besideError = new Set(
  `error type object id code param status request_id requestId sequence_number user_id event_id event_type provider`.split(
    ' ',
  ),
);
const besideText = new Set(['error', 'code', 'type', 'request_id']);
/** A provider's error says more than a message; that of an app has a stack. */
const errorWords = ['type', 'code', 'status', 'param', 'details', 'metadata', 'failed_generation'];
const messagePaths = paths('message error.message msg detail error metadata.raw');
const typePaths = paths('type status code name error.type');
const statusPaths = paths('code status_code status http_code error.code');

/**
 * The body of a failed request: `{"error": {…}}` (OpenAI and its likes, Gemini), `{"type": "error", "error": {…}}`
 * (Anthropic, events of a stream), `{"object": "error", …}` (Mistral, vLLM), `{"error": "…"}` (Ollama).
 */
export function isErrorBody(body: Fields): boolean {
  const { error } = body;
  if (body['object'] === 'error') {
    return typeof body['message'] === 'string' || isFields(body['message']);
  }
  // what an agent says of its turn is no body of a response
  if (error === undefined || error === null || body['type'] === 'turn.failed') {
    return false;
  }
  const keys = Object.keys(body);
  if (typeof error === 'string') {
    return error.trim() !== '' && keys.every(key => besideText.has(key));
  }
  if (!isFields(error) || 'stack' in error || !keys.every(key => besideError.has(key))) {
    return false;
  }
  return (
    errorWords.some(word => word in error) ||
    (typeof error['message'] === 'string' && Object.keys(error).length === 1)
  );
}

/** Facts of a call of which only the error is known. `status`: the HTTP status, when the log has it beside the body. */
export function readErrorBody(body: Fields, status?: number): ResponseFacts {
  return {
    kind: 'call',
    name: 'chat',
    id: toId(body['request_id'] ?? body['requestId']),
    status: 'error',
    error: readProviderError(body, status),
    messages: [],
  };
}

/** The error in a body, or in the field of that name of a whole response. */
export function readProviderError(body: Fields, status?: number): SpanError {
  const error = isFields(body['error']) ? body['error'] : body;
  const message = firstOf(error, messagePaths, toMessage) ?? toText(body['error'] ?? body);
  const type = firstOf(error, typePaths, toTypeName);
  return toError(message, type, status ?? firstOf(error, statusPaths, toHttpStatus));
}

function toMessage(value: unknown): string | undefined {
  if (typeof value === 'string') {
    return value.trim() === '' ? undefined : value;
  }
  const inner = isFields(value) ? (at(value, ['message']) ?? at(value, ['detail'])) : undefined;
  return inner === undefined ? undefined : toText(inner);
}

function toTypeName(value: unknown): string | undefined {
  return value === 'error' ? undefined : toLabel(value);
}

function toHttpStatus(value: unknown): number | undefined {
  const number = toNumber(value);
  return number !== undefined && Number.isInteger(number) && number >= 400 && number <= 599
    ? number
    : undefined;
}
