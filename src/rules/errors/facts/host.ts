import { placeOf, type Fact } from './fact';

const patterns: readonly RegExp[] = [
  /\bhost=["']([\w.-]{1,200})["'], port=(\d{1,5})\b/,
  /\b(?:ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ECONNRESET) (\[[0-9a-f:.]{2,50}\]|::1|[\w.-]{1,200}):(\d{1,5})\b/,
  /\bdial tcp:? (\[[0-9a-f:.]{2,50}\]|[\w.-]{1,200}):(\d{1,5})\b/,
  /\b(?:connect to|connecting to|host) (?:host |server |server at )?["'`]?(\[[0-9a-f:.]{2,50}\]|[A-Za-z0-9][\w.-]{0,200}):(\d{1,5})\b/i,
  /\b(?:connect to|connecting to|host) ([A-Za-z0-9][\w.-]{0,200}) port (\d{1,5})\b/i,
  /\b(?:getaddrinfo|ENOTFOUND|EAI_AGAIN|lookup|resolve host:?|resolve|host:) (?:(?:ENOTFOUND|EAI_AGAIN) )?["'`]?([A-Za-z0-9][\w-]{0,80}(?:\.[\w-]{1,80}){1,8}|localhost)(?::(\d{1,5}))?/,
];
const address =
  /\b(https?):\/\/(\[[0-9a-f:.]{2,50}\]|[A-Za-z0-9][\w.-]{0,200})(?::(\d{1,5}))?(\/[^\s"'`<>)]{0,200})?/gi;
// Pages for people that an error text points to; nobody tried to connect there.
const readingHost =
  /^(?:docs?|help|support|learn|platform|console|status|developers?|www)\.|^aka\.ms$/i;
const readingPath = /\/(?:docs?|download|settings|account|help|support|documentation)\b/i;
const bare =
  /(?:^|[\s"'`(])(localhost|(?:\d{1,3}\.){3}\d{1,3}|[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,6}):(\d{2,5})\b/i;

/** Where the connection was to go. */
export function readHost(text: string): readonly Fact[] {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match !== null) {
      return endpoint(match, match[1], match[2]);
    }
  }
  for (const url of text.matchAll(address)) {
    if (!readingHost.test(url[2] ?? '') && !readingPath.test(url[4] ?? '')) {
      return endpoint(url, url[2], url[3] ?? (url[1]?.toLowerCase() === 'https' ? '443' : '80'));
    }
  }
  const loose = bare.exec(text);
  return loose === null ? [] : endpoint(loose, loose[1], loose[2]);
}

function endpoint(match: RegExpExecArray, host?: string, port?: string): readonly Fact[] {
  const place = placeOf(match);
  const facts: Fact[] = [];
  if (host !== undefined) {
    facts.push({ name: 'host', value: host.replace(/^\[|\]$/g, ''), place });
  }
  if (port !== undefined) {
    facts.push({ name: 'port', value: Number(port), place });
  }
  return facts;
}
