import { isFields } from '../fields/values';

/** Characters of a recorded body that is decoded; more is no answer of a model. */
const maxDecoded = 32 * 1024 * 1024;
const hexText = /^(?:[0-9a-f]{2})+$/i;
const gzipHead = '1f8b';

/**
 * A body as a recorder keeps it: text, JSON, an object with the text in it (VCR: `string`, `base64_string`), or a list of
 * hexadecimal pieces (nock, of what it took for binary). undefined: packed, so that it cannot be read.
 */
export function readRecordedBody(body: unknown, encoding?: unknown): unknown {
  if (typeof body === 'string') {
    return encoding === 'base64' ? fromBase64(body) : body;
  }
  if (Array.isArray(body)) {
    return readPieces(body);
  }
  if (!isFields(body)) {
    return body;
  }
  if ('string' in body) {
    return readRecordedBody(body['string']);
  }
  if (typeof body['base64_string'] === 'string') {
    return fromBase64(body['base64_string']);
  }
  return body;
}

function readPieces(list: readonly unknown[]): unknown {
  const texts = list.filter(piece => typeof piece === 'string');
  if (texts.length === 0 || texts.length < list.length) {
    return list;
  }
  const joined = texts.join('');
  if (!hexText.test(joined)) {
    return texts.some(text => text.endsWith('\n')) ? joined : texts.join('\n');
  }
  return joined.startsWith(gzipHead) || joined.length > maxDecoded ? undefined : fromHex(joined);
}

function fromHex(text: string): string {
  const bytes = Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(index * 2, index * 2 + 2), 16),
  );
  return new TextDecoder().decode(bytes);
}

function fromBase64(text: string): string | undefined {
  if (text.length > maxDecoded) {
    return undefined;
  }
  try {
    const bytes = Uint8Array.from(atob(text), character => character.charCodeAt(0));
    // gzip: a recording of what came over the wire
    return bytes[0] === 0x1f && bytes[1] === 0x8b ? undefined : new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}
