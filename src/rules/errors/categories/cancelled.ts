import type { ErrorCategory } from '../category';

export const cancelled: ErrorCategory = {
  id: 'cancelled',
  group: 'agent',
  title: 'Cancelled',
  definition: 'The user or the caller stopped it.',
  retryable: false,
  facts: [],
  strong: {
    codes: [
      'AbortError',
      'APIUserAbortError',
      'CancelledError',
      'KeyboardInterrupt',
      'CancellationError',
      'CANCELLED',
      'OperationCanceledException',
      'OperationCancelledException',
      'TaskCanceledException',
      'request_cancelled',
      'MODEL_ABORTED',
      'client_closed_request',
      'GeneratorExit',
    ],
    words: [
      /\bcancel(?:l?ed|lation|ling)\b/i,
      {
        words:
          /\b(?:request|operation|user|run|generation|call|task|it|was|is|been|has|the|reason: ?)\b.{0,12}\babort(?:ed)?\b/i,
        unless: /signal: aborted|core dumped/i,
      },
      /^\W{0,8}abort(?:ed)?\W{0,4}$/i,
      /\bclient closed request\b|\bclient (?:has )?disconnected\b|\binterrupted by (?:the )?user\b|\b(?:agent|run|generation|turn) (?:was )?interrupted\b|\bstopped by (?:the )?user\b/i,
      /已取消|用户(?:取消|中止|终止)|取消请求/,
    ],
  },
  status: [499],
  explain: () => 'Somebody or something on the side of the caller stopped the request.',
  fixes: () => [
    'Usually nothing: a user stopped it, or left the page.',
    'If nobody did, look for a deadline: of a serverless function, a proxy, a parent task.',
    'Tokens made until then are billed.',
  ],
  links: [],
};
