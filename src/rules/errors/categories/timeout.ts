import type { ErrorCategory } from '../category';
import { anthropicErrors, geminiTroubleshooting } from '../links';
import { amount, count, sentences, theHost } from '../say';

export const timeout: ErrorCategory = {
  id: 'timeout',
  group: 'availability',
  title: 'Timed out',
  definition: 'No answer in time, by the clock of the client, a proxy or a gateway.',
  retryable: true,
  facts: ['host', 'timeout'],
  strong: {
    codes: [
      'APITimeoutError',
      'APIConnectionTimeoutError',
      'TimeoutError',
      'ReadTimeout',
      'ReadTimeoutError',
      'ConnectTimeout',
      'ConnectTimeoutError',
      'WriteTimeout',
      'PoolTimeout',
      'UND_ERR_HEADERS_TIMEOUT',
      'UND_ERR_BODY_TIMEOUT',
      'UND_ERR_CONNECT_TIMEOUT',
      'HeadersTimeoutError',
      'BodyTimeoutError',
      'DEADLINE_EXCEEDED',
      'DeadlineExceeded',
      'ETIMEDOUT',
      'ESOCKETTIMEDOUT',
      'request_timeout',
      'ModelTimeoutException',
      'timeout_error',
      'gateway_timeout',
      'ServerTimeoutError',
      'ERR_TIMED_OUT',
      'Timeout',
    ],
    words: [
      /\btimed[ -]?out\b|\btime-out\b/i,
      {
        words:
          /\b(?:request|gateway|read|connect|connection|headers?|body|response|socket|server|upstream|stream|inference|operation|api|network|idle|model|due to|a) time ?out\b/i,
      },
      /\btimeout (?:of|after|error|exceeded|expired|reached|waiting|was reached|while|occurred|value)\b/i,
      /\bexceeded the (?:maximum|max|allowed) (?:execution|running|run|response|processing) time\b/i,
      /\b(?:context )?deadline exceeded\b/i,
      /\b(?:ETIMEDOUT|ESOCKETTIMEDOUT|ERR_TIMED_OUT|UND_ERR_\w{3,10}_TIMEOUT)\b/,
      /\bWinError 10060\b/,
      /\b(?:took|taking) too long\b|\btoo long to (?:respond|complete)\b/i,
      /\bno (?:response|data|chunks?|events?|tokens?) (?:was |were )?(?:received )?(?:within|in|for) \d/i,
      /\bdid not (?:respond|complete|finish|answer) (?:within|in)\b/i,
      /\bstreaming is (?:strongly )?(?:recommended|required) for operations\b/i,
      /超时|タイムアウト|시간 초과|délai d'attente|tiempo de espera|zeitüberschreitung/i,
    ],
  },
  status: [408, 504, 522, 524],
  explain: facts => {
    const seconds = amount(facts, 'timeout_s');
    return sentences(
      `No answer came from ${theHost(facts, 'the provider')} in time.`,
      seconds === undefined ? undefined : `The limit was ${count(seconds)} s.`,
      'Without streaming, nothing at all arrives before the whole answer is written.',
    );
  },
  fixes: () => [
    'Stream the answer: then the first bytes come within seconds.',
    'Raise the timeout of the client, and of every proxy and load balancer between.',
    "Node's fetch stops waiting for headers after 300 s whatever your own timeout says: give it a dispatcher with a longer one.",
    'Lower max_tokens or the reasoning effort; put long jobs into a batch or background API.',
    'Retry, knowing that the first try may have been billed.',
  ],
  links: [anthropicErrors, geminiTroubleshooting],
};
