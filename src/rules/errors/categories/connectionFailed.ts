import type { ErrorCategory } from '../category';
import { ollamaFaq } from '../links';
import { sentences, theHost } from '../say';

const localServers = new Map<string | number, string>([
  [11434, 'Ollama'],
  [1234, 'LM Studio'],
  [8000, 'vLLM'],
  [8080, 'llama.cpp'],
  [4000, 'LiteLLM'],
]);

export const connectionFailed: ErrorCategory = {
  id: 'connection_failed',
  group: 'availability',
  title: 'Could not connect',
  definition: 'No connection was made: refused, host not found, unreachable.',
  retryable: false,
  retryExceptions: /EAI_AGAIN|ETIMEDOUT|temporary failure/i,
  facts: ['host'],
  strong: {
    codes: [
      'ECONNREFUSED',
      'ENOTFOUND',
      'EAI_AGAIN',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'ConnectionRefusedError',
      'NewConnectionError',
      'NameResolutionError',
      'EndpointConnectionError',
      'ERR_CONNECTION_REFUSED',
      'ERR_NAME_NOT_RESOLVED',
      'ERR_INTERNET_DISCONNECTED',
      'ConnectError',
      'ClientConnectorError',
      'gaierror',
      'ERR_ADDRESS_UNREACHABLE',
    ],
    words: [
      /\b(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)\b/,
      /\bconnection (?:was )?refused\b|\bactively refused\b|\brefused (?:to connect|the connection)\b/i,
      /\bgetaddrinfo\b|\bname resolution\b|\bname or service not known\b|\bnodename nor servname\b/i,
      /\bno such host\b|\bcould not resolve host\b|\bunknown host\b|\bdns (?:lookup|resolution|error)/i,
      /\bno route to host\b|\b(?:network|host) is unreachable\b/i,
      /\bfailed to establish a new connection\b|\ball connection attempts failed\b/i,
      /\b(?:cannot|can't|could ?n[o']t|could not|unable to|failed to|not able to) (?:connect|reach|establish a connection)\b/i,
      /\bconnection (?:attempt )?failed\b|\b(?:is|be sure) (?:the server|ollama|it) (?:is )?running\b/i,
      /\bserver (?:is )?not running\b|\bis not running on\b/i,
      /连接(?:被拒绝|失败)|无法连接|接続(?:できません|に失敗)|verbindung (?:verweigert|abgelehnt)|connexion refusée|conexión rechazada/i,
    ],
  },
  hint: {
    codes: ['APIConnectionError', 'ConnectionError', 'api_connection_error'],
    words: [
      /\bconnection error\b|\bfetch failed\b|\bfailed to fetch\b|\bload failed\b|\bnetwork ?error\b|\bmax retries exceeded\b/i,
    ],
  },
  explain: facts =>
    sentences(
      `Nothing answered at ${theHost(facts, 'the address of the server')}.`,
      facts.port !== undefined && localServers.has(facts.port)
        ? `Port ${facts.port} is the usual one of ${localServers.get(facts.port)}.`
        : undefined,
      'The request never reached a model.',
    ),
  fixes: facts => {
    const server = facts.port === undefined ? undefined : localServers.get(facts.port);
    return [
      server === undefined
        ? `Check host and port of base_url${facts.host === undefined ? '' : ` (${theHost(facts, '')})`}, and that the server runs.`
        : `Start ${server}, or correct base_url: nothing listens on ${theHost(facts, 'that port')}.`,
      'From a container use host.docker.internal instead of localhost, and let the server listen on 0.0.0.0.',
      'localhost may mean ::1 while the server listens on 127.0.0.1: write the address out.',
      'ENOTFOUND is a typing error in the host or resource name; EAI_AGAIN is DNS that is down for the moment.',
      'Check firewall, VPN and proxy.',
    ];
  },
  links: [ollamaFaq],
};
