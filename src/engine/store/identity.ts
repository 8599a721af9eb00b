/** What an identity begins with; the number of a prefix is its place here. The last one fits every text. */
const prefixes = ['request:', 'span:', 'message:', 'tool:', 'agent:', 'batch:', ''] as const;
const spanPrefix = 1;
const plainPrefix = prefixes.length - 1;

/** Where a row has the ids that its identity is made of. */
export const identityFrom = { own: 0, requestId: 1, spanId: 2, traceAndSpan: 3 } as const;
const froms = Object.keys(identityFrom).length;

/**
 * An identity in parts, the same for the same text whoever says it: `span:<scope>/<id>`, and for all others a prefix and an id. Most
 * identities are made of ids that their row has anyway.
 */
export interface IdentityParts {
  readonly prefix: number;
  /** Only of spans, and never with a slash. */
  readonly scope: string;
  readonly id: string;
}

export function splitIdentityText(identity: string): IdentityParts {
  const prefix = prefixOf(identity);
  const rest = identity.slice(prefixes[prefix]?.length);
  if (prefix !== spanPrefix) {
    // what is nothing but a prefix is a text like any other
    return rest === '' ? plain(identity) : { prefix, scope: '', id: rest };
  }
  const slash = rest.indexOf('/');
  return slash < 0 || slash === rest.length - 1
    ? plain(identity)
    : { prefix, scope: rest.slice(0, slash), id: rest.slice(slash + 1) };
}

function plain(identity: string): IdentityParts {
  return { prefix: plainPrefix, scope: '', id: identity };
}

export function joinIdentity(prefix: number, scope: string, id: string): string {
  const start = prefixes[prefix] ?? '';
  return prefix === spanPrefix ? `${start}${scope}/${id}` : start + id;
}

interface RowIds {
  readonly identity?: string | undefined;
  readonly requestId?: string | undefined;
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
}

/** How a row keeps its identity: a number from 1 for its prefix and where its ids are; 0 for none. */
export function identityForm({ identity, requestId, traceId, spanId }: RowIds): number {
  if (identity === undefined) {
    return 0;
  }
  const prefix = prefixOf(identity);
  const start = prefixes[prefix]?.length ?? 0;
  if (prefix === spanPrefix) {
    const isOfRow = spanId !== undefined && isSpanOf(identity, start, traceId ?? '', spanId);
    return isOfRow ? toForm(prefix, identityFrom.traceAndSpan) : ownForm(identity);
  }
  if (prefix !== plainPrefix && requestId !== undefined && endsWith(identity, start, requestId)) {
    return toForm(prefix, identityFrom.requestId);
  }
  if (prefix !== plainPrefix && spanId !== undefined && endsWith(identity, start, spanId)) {
    return toForm(prefix, identityFrom.spanId);
  }
  return ownForm(identity);
}

function ownForm(identity: string): number {
  return toForm(splitIdentityText(identity).prefix, identityFrom.own);
}

function toForm(prefix: number, from: number): number {
  return 1 + prefix * froms + from;
}

export function prefixOfForm(form: number): number {
  return Math.floor((form - 1) / froms);
}

export function fromOfForm(form: number): number {
  return (form - 1) % froms;
}

function prefixOf(identity: string): number {
  let prefix = 0;
  while (prefix < plainPrefix && !identity.startsWith(prefixes[prefix] ?? '')) {
    prefix++;
  }
  return prefix;
}

function endsWith(identity: string, start: number, id: string): boolean {
  return id !== '' && identity.length === start + id.length && identity.endsWith(id);
}

function isSpanOf(identity: string, start: number, traceId: string, spanId: string): boolean {
  return (
    identity.length === start + traceId.length + 1 + spanId.length &&
    identity.startsWith(traceId, start) &&
    identity.charCodeAt(start + traceId.length) === slashCode &&
    endsWith(identity, start + traceId.length + 1, spanId) &&
    !traceId.includes('/')
  );
}

const slashCode = 0x2f;
