import type { SpanError } from '../../model/span';
import { byKeys } from './shape';
import {
  cutText,
  type Fields,
  firstOf,
  isFields,
  paths,
  toLabel,
  toNumber,
  toText,
} from './values';

/** Characters of an error message that are kept; providers' are below 2,000. */
const maxErrorLength = 16_384;

const errorFields = paths(
  'error err exception response.error data.error result.error response.body.error error_info errors last_error',
);
const messageFields =
  paths(`error_message errorMessage error_msg error_detail error_str exception_message failure_reason
  error_text err_msg`);
const typeFields = paths(
  'error_type errorType error_class error_name error_kind error_category exception_type exception_class error_information.error_class error_code errorCode',
);
const statusFields = paths(
  'status_code statusCode http_status httpStatus http_code response.status_code response.status error_status status',
);
const innerMessage = paths('message msg detail error.message error value description text');
const innerType = paths('type name class error_type error.type code error.code');
const innerStatus = paths('status_code statusCode http_status status code error.code');

const nothing = new Set(['', 'none', 'null', 'nil', 'undefined', 'false', 'no', '0', 'ok', 'n/a']);
const failedWords = new Set([
  'failed',
  'failure',
  'fail',
  'error',
  'errored',
  'exception',
  'timeout',
  'timed_out',
  'rate_limited',
  'api_error',
  'network_error',
  'http_error',
  'exhausted',
]);
const failedWhenFalse = [
  'success',
  'ok',
  'succeeded',
  'successful',
  'parse_ok',
  'is_success',
  'is_ok',
];
const failedWhenTrue = [
  'timed_out',
  'timeout',
  'is_error',
  'failed',
  'has_error',
  'errored',
  'is_timeout',
];

/** What went wrong, in any of the shapes that logs have for it; undefined when nothing did. */
export function readError(fields: Fields): SpanError | undefined {
  const type = firstOf(fields, typeFields, toSomething);
  const status = firstOf(fields, statusFields, toStatus);
  const found = firstOf(fields, errorFields, fromValue);
  const message =
    firstOf(fields, messageFields, toSomething) ?? found?.message ?? type ?? flagged(fields);
  if (message !== undefined) {
    return toError(message, type ?? found?.type, status ?? found?.status);
  }
  return status === undefined ? undefined : { message: `HTTP status ${status}`, status };
}

/** An error out of a message: type and HTTP status are read from its words when they are not given. */
export function toError(message: string, type?: string, status?: number): SpanError {
  const text = cutText(message, maxErrorLength);
  return {
    type: type ?? leadingType(text),
    message: text,
    status: status ?? statusIn(text),
  };
}

/** `RateLimitError: Rate limit reached` as type and message; `openai.RateLimitError` counts as `RateLimitError`. */
export function splitTypedMessage(text: string): { type?: string | undefined; message: string } {
  const type = leadingType(text);
  return { type, message: type === undefined ? text : text.slice(text.indexOf(': ') + 2) };
}

/** The exception at the end of a Python traceback. */
export function exceptionOf(
  traceback: string,
): { type?: string | undefined; message: string } | undefined {
  const lines = traceback.trimEnd().split('\n');
  for (const line of lines.toReversed()) {
    const found = /^[\w.]{1,200}: /.test(line) ? splitTypedMessage(line) : undefined;
    if (found?.type !== undefined) {
      return found;
    }
  }
  return undefined;
}

function leadingType(text: string): string | undefined {
  const match = /^([A-Za-z_][\w.]{0,199}): /.exec(text);
  const name = match?.[1]?.split('.').at(-1);
  return name !== undefined && /(?:Error|Exception|Timeout|Warning|Interrupt|Failure)$/.test(name)
    ? name
    : undefined;
}

/** `Error code: 429 - {…}`, as the Python clients of OpenAI and Anthropic write it. */
function statusIn(text: string): number | undefined {
  const match = /\bError code: ([45]\d\d)\b/.exec(text);
  return match ? Number(match[1]) : undefined;
}

function fromValue(value: unknown): SpanError | undefined {
  if (value === true) {
    return { message: 'error: true' };
  }
  if (!isFields(value)) {
    const text = typeof value === 'string' ? toSomething(value) : undefined;
    const list = Array.isArray(value) && value.length > 0 ? toText(value) : undefined;
    const message = text ?? list;
    return message === undefined ? undefined : { message };
  }
  if (Object.keys(value).length === 0) {
    return undefined;
  }
  const message = firstOf(value, innerMessage, inner =>
    typeof inner === 'string' ? toSomething(inner) : undefined,
  );
  const type = firstOf(value, innerType, toLabel);
  return {
    type,
    message: message ?? type ?? toText(value),
    status: firstOf(value, innerStatus, toStatus),
  };
}

/** A flag that says no more than that it failed; the flag itself is then the message. */
function flagged(fields: Fields): string | undefined {
  for (const name of ['status', 'outcome', 'state']) {
    const said = fields[name];
    if (typeof said === 'string' && failedWords.has(said.toLowerCase())) {
      return `${name}: ${said}`;
    }
  }
  const { whenFalse, whenTrue } = flagsIn(fields);
  for (const name of whenFalse) {
    if (fields[name] === false || fields[name] === 'false') {
      return `${name}: false`;
    }
  }
  const name = whenTrue.find(flag => fields[flag] === true || fields[flag] === 'true');
  return name === undefined ? undefined : `${name}: true`;
}

const flagsIn = byKeys(keys => ({
  whenFalse: failedWhenFalse.filter(name => keys.includes(name)),
  whenTrue: failedWhenTrue.filter(name => keys.includes(name)),
}));

function toSomething(value: unknown): string | undefined {
  return typeof value === 'string' && !nothing.has(value.trim().toLowerCase()) ? value : undefined;
}

function toStatus(value: unknown): number | undefined {
  const number = toNumber(value);
  return number !== undefined && Number.isInteger(number) && number >= 400 && number <= 599
    ? number
    : undefined;
}
