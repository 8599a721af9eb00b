import type { SpanError } from '../../model/span';
import { toError } from '../fields/errors';
import {
  type Fields,
  isFields,
  parseJson,
  toId,
  toLabel,
  toNumber,
  toText,
} from '../fields/values';
import { readEndpoint } from './endpoint';
import { readErrorBody, readProviderError } from './errorBody';
import type { RequestFacts, ResponseFacts } from './facts';
import { looksLikeRequest, readRequestBody } from './request';
import { readAnswer } from './responseBody';

/** One line of a batch: a request of it, its outcome, or both. */
export interface BatchLine {
  /** What the sender calls the request; unique only within the batch. */
  readonly key: string;
  readonly request?: RequestFacts | undefined;
  readonly response?: ResponseFacts | undefined;
}

/** A line of a batch's input, output or error file, whoever's; undefined: something else. */
export function readBatchLine(line: Fields): BatchLine | undefined {
  const customId = toId(line['custom_id']);
  if (customId !== undefined) {
    return readRequest(customId, line) ?? readResult(customId, line) ?? readOutcome(customId, line);
  }
  const recordId = toId(line['recordId']);
  if (recordId !== undefined && isFields(line['modelInput'])) {
    return readBedrock(recordId, line);
  }
  const key = toId(line['key']);
  return key === undefined ? undefined : readGemini(key, line);
}

/** `{custom_id, method, url, body}` (OpenAI, Groq, Mistral) or `{custom_id, params}` (Anthropic). */
function readRequest(key: string, line: Fields): BatchLine | undefined {
  const body = line['body'] ?? line['params'];
  if (!isFields(body) || 'response' in line || 'result' in line) {
    return undefined;
  }
  const url = typeof line['url'] === 'string' ? readEndpoint(line['url']) : undefined;
  const facts = readRequestBody(body);
  return url === undefined && !looksLikeRequest(body)
    ? undefined
    : { key, request: { ...facts, kind: url?.kind ?? facts.kind } };
}

/** `{custom_id, result: {type, message | error}}`. https://docs.anthropic.com/en/api/retrieving-message-batch-results */
function readResult(key: string, line: Fields): BatchLine | undefined {
  const { result } = line;
  if (!isFields(result) || typeof result['type'] !== 'string') {
    return undefined;
  }
  const { type, message, error } = result;
  if (type === 'succeeded') {
    return { key, response: readAnswer(message) ?? unread() };
  }
  const failure = isFields(error) ? readProviderError(innermost(error)) : undefined;
  return { key, response: failed(failure ?? toError(`The request was ${type}`, type)) };
}

/** `{id, custom_id, response: {status_code, request_id, body} | null, error}`. https://platform.openai.com/docs/api-reference/batch/request-output */
function readOutcome(key: string, line: Fields): BatchLine | undefined {
  const { response, error } = line;
  if (!('response' in line || 'error' in line)) {
    return undefined;
  }
  if (isFields(response)) {
    const status = toNumber(response['status_code']);
    const facts = readAnswer(response['body'] ?? response, status);
    return (
      facts && {
        key,
        response: isFields(error) ? { ...facts, ...failed(readProviderError(line)) } : facts,
      }
    );
  }
  return isFields(error) ? { key, response: failed(readProviderError(line)) } : undefined;
}

/** `{key, request}`, `{key, response | error}`. https://ai.google.dev/gemini-api/docs/batch-api */
function readGemini(key: string, line: Fields): BatchLine | undefined {
  const { request, response, error } = line;
  const asked =
    isFields(request) && looksLikeRequest(request) ? readRequestBody(request) : undefined;
  const facts = isFields(response) ? readAnswer(response) : undefined;
  const failure =
    isFields(error) && 'message' in error ? failed(readProviderError(line)) : undefined;
  return asked || facts || failure
    ? { key, request: asked, response: facts ?? failure }
    : undefined;
}

/** `{recordId, modelInput, modelOutput | error}`. https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-results.html */
function readBedrock(key: string, line: Fields): BatchLine | undefined {
  const { modelInput, modelOutput, error } = line;
  const request = isFields(modelInput) ? readRequestBody(modelInput) : undefined;
  if (isFields(error)) {
    const message = toText(error['errorMessage'] ?? error['message'] ?? error);
    return {
      key,
      request,
      response: failed(toError(message, undefined, toNumber(error['errorCode']))),
    };
  }
  return {
    key,
    request,
    response: modelOutput === undefined ? undefined : readAnswer(modelOutput),
  };
}

/**
 * A line of Vertex's predictions whose request failed: `{status, processed_time, request, response: {}}`, where the status is
 * the error as text. https://cloud.google.com/vertex-ai/generative-ai/docs/multimodal/batch-prediction-gemini
 */
export function readFailedPrediction(line: Fields): Omit<BatchLine, 'key'> | undefined {
  const { status, request } = line;
  const isFailed =
    typeof status === 'string' && status !== '' && 'processed_time' in line && isFields(request);
  if (!isFailed || !looksLikeRequest(request)) {
    return undefined;
  }
  const parsed = parseJson(status);
  const error = isFields(parsed) ? readProviderError(parsed) : toError(status);
  return { request: readRequestBody(request), response: failed(error) };
}

function innermost(error: Fields): Fields {
  return isFields(error['error']) ? error : { error };
}

function failed(error: SpanError): ResponseFacts {
  return { ...readErrorBody({ error: error.message }), error };
}

/** An answer of a kind that is not known yet: it came, that is all. */
function unread(): ResponseFacts {
  return { kind: 'call', name: 'chat', status: 'ok', messages: [] };
}

/** Ids of the line itself, to filter by. */
export function batchTags(line: Fields): Readonly<Record<string, string>> | undefined {
  const id = toLabel(line['id']);
  return id === undefined ? undefined : { batch_request_id: id };
}
