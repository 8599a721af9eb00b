const patterns: readonly RegExp[] = [
  /\bhost=["']([\w.-]{1,200})["'], port=(\d{1,5})\b/,
  /\b(?:ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ECONNRESET) (\[[0-9a-f:.]{2,50}\]|::1|[\w.-]{1,200}):(\d{1,5})\b/,
  /\bdial tcp:? (\[[0-9a-f:.]{2,50}\]|[\w.-]{1,200}):(\d{1,5})\b/,
  /\b(?:connect to|connecting to|host) (?:host |server |server at )?["'`]?(\[[0-9a-f:.]{2,50}\]|[A-Za-z0-9][\w.-]{0,200}):(\d{1,5})\b/i,
  /\b(?:connect to|connecting to|host) ([A-Za-z0-9][\w.-]{0,200}) port (\d{1,5})\b/i,
  /\b(?:getaddrinfo|ENOTFOUND|EAI_AGAIN|lookup|resolve host:?|resolve|host:) (?:(?:ENOTFOUND|EAI_AGAIN) )?["'`]?([A-Za-z0-9][\w-]{0,80}(?:\.[\w-]{1,80}){1,8}|localhost)(?::(\d{1,5}))?/,
];
const address = /\b(https?):\/\/(\[[0-9a-f:.]{2,50}\]|[A-Za-z0-9][\w.-]{0,200})(?::(\d{1,5}))?/i;
const bare =
  /(?:^|[\s"'`(])(localhost|(?:\d{1,3}\.){3}\d{1,3}|[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,6}):(\d{2,5})\b/i;

/** Where the connection was to go. */
export function readHost(text: string): Record<string, string | number | undefined> {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match !== null) {
      return place(match[1], match[2]);
    }
  }
  const url = address.exec(text);
  if (url !== null) {
    return place(url[2], url[3] ?? (url[1]?.toLowerCase() === 'https' ? '443' : '80'));
  }
  const loose = bare.exec(text);
  return place(loose?.[1], loose?.[2]);
}

function place(host?: string, port?: string): Record<string, string | number | undefined> {
  return {
    host: host?.replace(/^\[|\]$/g, ''),
    port: port === undefined ? undefined : Number(port),
  };
}
