import type { ErrorCategory } from '../category';
import {
  anthropicErrors,
  bedrockErrors,
  geminiTroubleshooting,
  groqErrors,
  openaiErrors,
  openrouterErrors,
  togetherErrors,
} from '../links';

export const serverError: ErrorCategory = {
  id: 'server_error',
  group: 'availability',
  title: 'Provider error',
  definition: 'The provider failed: 500, 502, 52x, or an internal error in words.',
  retryable: true,
  facts: ['model'],
  strong: {
    words: [
      /\bthe server had an error\b/i,
      /\binternal server error\b/i,
      /\bbad gateway\b/i,
      /\ban? (?:internal|unexpected|unknown) (?:server )?error (?:has )?(?:occurred|encountered|happened)\b/i,
      /\b(?:error occurred|problem) while processing your request\b/i,
      /\bunknown error in the model\b/i,
      /\bsystem encountered an unexpected error\b/i,
      /\bweb server (?:is down|returned an unknown|is returning an unknown)/i,
      {
        words: /\b(?:inference|upstream|backend|engine|origin) (?:error|failure|failed)\b/i,
        exceptStatus: [400, 401, 402, 403, 404, 413, 422, 429],
      },
      /内部(?:服务器|服务|系统)?错误|服务器(?:内部)?错误|系统(?:异常|错误)|服务(?:异常|出错)|サーバーエラー/,
    ],
  },
  hint: {
    codes: [
      'InternalServerError',
      'InternalServerException',
      'InternalFailure',
      'internal_error',
      'internal_server_error',
      'InternalError',
      'server_error',
      'ServerError',
      'BadGatewayError',
      'bad_gateway',
      'ModelErrorException',
      'INTERNAL',
    ],
    words: [/\bserver error\b|\binternal error\b|\bsomething went wrong\b/i],
  },
  // Said of anything, so a status says more.
  weak: { codes: ['api_error', 'upstream_error', 'unknown_error'] },
  status: [500, 501, 502, 520, 521, 523, 525, 530],
  explain: () =>
    'The provider failed while it worked on the request. The request is most likely fine.',
  fixes: () => [
    'Retry two or three times with backoff.',
    "Look at the provider's status page.",
    'Keep the request id (x-request-id, request-id, apim-request-id, x-amzn-requestid) for their support.',
    'If the same input always fails, halve it until the part that does it is found: some 500s are bad input.',
  ],
  links: [
    openaiErrors,
    anthropicErrors,
    geminiTroubleshooting,
    bedrockErrors,
    groqErrors,
    openrouterErrors,
    togetherErrors,
  ],
};
