import { type Fields, isFields, parseJson, toNumber } from '../fields/values';
import { readEndpoint } from './endpoint';
import { readErrorBody } from './errorBody';
import type { Exchange } from './exchange';
import type { RequestFacts, ResponseFacts } from './facts';
import { readHeaders } from './headers';
import { looksLikeRequest, readRequestBody } from './request';
import { readAnswer } from './responseBody';

/** A request over HTTP and its response, as a recording holds them. */
export interface HttpExchange {
  readonly url?: string | undefined;
  /** Object or JSON text. */
  readonly requestBody?: unknown;
  readonly requestHeaders?: unknown;
  /** Object, JSON text, event stream as text, or a list of chunks. */
  readonly responseBody?: unknown;
  readonly status?: number | undefined;
}

/** The call in it; undefined when it went to no model, or neither body is a provider's. */
export function readHttpExchange(http: HttpExchange): Exchange | undefined {
  const endpoint = http.url === undefined ? undefined : readEndpoint(http.url);
  if (http.url !== undefined && endpoint === undefined) {
    return undefined;
  }
  const request = requestFacts(http.requestBody);
  const response = responseFacts(http);
  const isKnown = response !== undefined || (endpoint?.provider ?? request) !== undefined;
  if (!isKnown || (endpoint === undefined && request === undefined)) {
    return undefined;
  }
  const headers = readHeaders(http.requestHeaders);
  return {
    request: request && { ...request, kind: endpoint?.kind ?? request.kind },
    response,
    model: endpoint?.model,
    provider: endpoint?.provider,
    params: {
      ...(http.url === undefined ? {} : { url: withoutSecrets(http.url) }),
      ...(Object.keys(headers).length === 0 ? {} : { headers }),
    },
  };
}

function requestFacts(body: unknown): RequestFacts | undefined {
  const value = typeof body === 'string' ? parseJson(body) : body;
  return isFields(value) && looksLikeRequest(value) ? readRequestBody(value) : undefined;
}

function responseFacts({ responseBody, status }: HttpExchange): ResponseFacts | undefined {
  const facts = readAnswer(responseBody, status);
  const isFailed = status !== undefined && status >= 400;
  if (facts === undefined) {
    return isFailed ? withStatus(responseBody, status) : undefined;
  }
  return isFailed && facts.error === undefined ? withStatus(responseBody, status) : facts;
}

function withStatus(body: unknown, status: number): ResponseFacts {
  const text = typeof body === 'string' && body.trim() !== '' ? body : `HTTP status ${status}`;
  return readErrorBody({ error: text }, status);
}

/** Gemini takes the key in the address. */
function withoutSecrets(url: string): string {
  return url.replace(/([?&](?:key|api[-_]?key|token|access_token|sig)=)[^&#]*/gi, '$1(masked)');
}

/** HTTP status of a response object, under the names that recorders have for it. */
export function statusOf(response: Fields): number | undefined {
  const { status } = response;
  const found = isFields(status)
    ? status['code']
    : (status ?? response['status_code'] ?? response['statusCode'] ?? response['code']);
  const number = toNumber(found);
  return number !== undefined && number >= 100 && number <= 599 ? number : undefined;
}
