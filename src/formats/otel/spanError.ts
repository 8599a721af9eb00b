import type { SpanError } from '../../model/span';
import { toError } from '../fields/errors';
import { toNumber } from '../fields/values';
import type { Attributes } from './attributes';
import { type SpanData } from './spanData';

const messages = [
  'error.message',
  'exception.message',
  'error',
  'gen_ai.error.message',
  'langfuse.observation.status_message',
];

/**
 * Why a span failed: by its status, or by `error.type`, which is only there on operations that ended with an error. An
 * exception event alone may have been handled.
 */
export function readSpanError(span: SpanData): SpanError | undefined {
  const { attributes, status } = span;
  const errorType = attributes.label('error.type');
  const isMarked = hasFailureMark(span);
  if (status !== 'error' && !isMarked && (status === 'ok' || errorType === undefined)) {
    return undefined;
  }
  const exception = span.events.findLast(event => event.name === 'exception')?.attributes;
  const type = exception?.label('exception.type')?.split('.').at(-1) ?? errorType;
  const message =
    span.statusMessage ??
    exception?.text('exception.message') ??
    attributes.text(...messages) ??
    lastLine(exception?.text('exception.stacktrace')) ??
    type ??
    'status: ERROR';
  return toError(message, type, httpStatus(attributes, errorType));
}

/** Langfuse and Claude Code leave the status of their spans unset. */
function hasFailureMark({ name, attributes }: SpanData): boolean {
  const success = attributes.get('success');
  return (
    attributes.label('langfuse.observation.level') === 'ERROR' ||
    (name === 'claude_code.llm_request' && (success === false || success === 'false'))
  );
}

/** The status of the HTTP response, when it says that the request failed. */
export function httpStatus(attributes: Attributes, errorType?: string): number | undefined {
  const status =
    attributes.amount('http.response.status_code', 'http.status_code', 'status_code') ??
    toNumber(errorType);
  return status !== undefined && Number.isInteger(status) && status >= 400 && status <= 599
    ? status
    : undefined;
}

function lastLine(stack: string | undefined): string | undefined {
  return stack?.trimEnd().split('\n').at(-1)?.trim();
}
