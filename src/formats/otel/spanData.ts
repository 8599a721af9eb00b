import { toTime } from '../fields/time';
import { type Fields, isFields, toId, toLabel, toNumber, toText } from '../fields/values';
import { Attributes } from './attributes';

/** A span as OpenTelemetry has it, out of any of its encodings. Times epoch ms, ids lower-case hex, undefined for none. */
export interface SpanData {
  readonly name: string;
  readonly scope?: string | undefined;
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
  readonly parentSpanId?: string | undefined;
  readonly startTime?: number | undefined;
  readonly endTime?: number | undefined;
  readonly status: StatusCode;
  readonly statusMessage?: string | undefined;
  readonly attributes: Attributes;
  readonly events: readonly EventData[];
  readonly resource: Attributes;
  /** Whether the record is this span alone, without the trace around it: then it is the only account of what it tells. */
  readonly isAlone?: boolean | undefined;
}

export interface EventData {
  readonly name: string;
  readonly attributes: Attributes;
}

export type StatusCode = 'ok' | 'error' | 'unset';

/** Bytes of OpenTelemetry's ids. */
export const traceIdBytes = 16;
export const spanIdBytes = 8;

/** An id in hex with or without `0x`, or in base64 as generic protobuf JSON has it; all zeros is none. */
export function toHexId(value: unknown, bytes: number): string | undefined {
  const id = toId(value);
  if (id === undefined) {
    return undefined;
  }
  const hex = id.toLowerCase().replace(/^0x/, '');
  if (/^0*$/.test(hex)) {
    return undefined;
  }
  if (/^[0-9a-f]+$/.test(hex)) {
    return hex;
  }
  // 16 bytes are 22 characters and two of padding, 8 bytes are 11 and one
  const isBase64 =
    /^[\w+/-]+={0,2}$/.test(id) && id.replace(/=+$/, '').length === Math.ceil((bytes * 4) / 3);
  return isBase64 ? hexOfBase64(id) : hex;
}

/** A point in time in any unit or as `[seconds, nanoseconds]`; zero is none. Epoch ms. */
export function toSpanTime(value: unknown): number | undefined {
  if (Array.isArray(value)) {
    const [seconds, nanoseconds] = value.map(toNumber);
    return seconds === undefined || nanoseconds === undefined || seconds <= 0
      ? undefined
      : toTime(seconds * 1e3 + nanoseconds / 1e6);
  }
  return toTime(value);
}

/** Status by number (0, 1, 2) or by name (`STATUS_CODE_ERROR`, `StatusCode.ERROR`, `Error`). */
export function toStatusCode(value: unknown): StatusCode {
  const text = typeof value === 'number' ? String(value) : (toLabel(value)?.toLowerCase() ?? '');
  if (text === '2' || /(?:^|[._])error$/.test(text)) {
    return 'error';
  }
  return text === '1' || /(?:^|[._])ok$/.test(text) ? 'ok' : 'unset';
}

/** What a status says besides its code; undefined when it says nothing. */
export function toStatusMessage(value: unknown): string | undefined {
  const text = value === undefined || value === null ? '' : toText(value);
  return text.trim() === '' ? undefined : text;
}

/** The objects of a list; none when it is no list. */
export function fieldsOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** Events whose attributes are a plain object. */
export function readEvents(value: unknown): readonly EventData[] {
  return fieldsOf(value).map(event => ({
    name: toLabel(event['name']) ?? '',
    attributes: Attributes.of(event['attributes']),
  }));
}

function hexOfBase64(id: string): string | undefined {
  const hex = Buffer.from(id, 'base64').toString('hex');
  return /^0*$/.test(hex) ? undefined : hex;
}
