import type { ErrorCategory } from '../category';
import {
  anthropicErrors,
  cohereErrors,
  deepseekErrors,
  geminiTroubleshooting,
  groqErrors,
  openaiErrors,
  openrouterErrors,
} from '../links';
import { sentences } from '../say';

// `Unexpected token '<'` is about JSON.
const key = String.raw`(?<!unexpected )(?:api[ _-]?keys?|x-api-key|access keys?|subscription key|virtual key|bearer token|token|credentials?|secret|auth(?:entication|orization)?(?: header| token| credentials)?|jwt|signature)`;

export const authInvalid: ErrorCategory = {
  id: 'auth_invalid',
  group: 'access',
  title: 'API key rejected',
  definition:
    'A credential was sent and rejected: wrong, expired, revoked, or for another endpoint.',
  retryable: false,
  facts: ['envVar', 'host'],
  decisive: {
    codes: [
      'invalid_api_key',
      'API_KEY_INVALID',
      'UnrecognizedClientException',
      'ExpiredTokenException',
      'ExpiredToken',
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
      'InvalidClientTokenId',
      'IncompleteSignatureException',
      'token_expired',
      'TokenExpired',
      'token_not_found_in_db',
      'expired_key',
      'mismatched_organization',
      'invalid_token',
      'invalid_authentication',
      'invalid_authentication_error',
      'ACCESS_TOKEN_EXPIRED',
      'ACCESS_TOKEN_TYPE_UNSUPPORTED',
      'TokenRefreshError',
      'RefreshError',
      'SSOTokenLoadError',
      'UnauthorizedSSOTokenError',
      'invalid_organization',
    ],
    words: [
      /\bno such (?:api key|key|token|user)\b/i,

      { words: /\bplease pass a valid api key\b/i, unless: /\bno api key\b/i },
      /\binvalid subscription key\b/i,
      /\bincorrect api key\b|\bwrong api key\b|\bbad (?:api key|credentials)\b/i,
      /\borganization header\b|\b(?:security )?token included in the request is (?:expired|invalid)\b/i,
      { words: /\buser not found\b/i, status: [401] },
    ],
  },
  strong: {
    words: [
      new RegExp(
        String.raw`\b(?:invalid|incorrect|wrong|bad|expired|revoked|unrecogni[sz]ed|malformed|rejected|unknown|unverified)(?: \S{1,20}){0,2} ${key}\b(?!.{0,20}\bthinking)`,
        'i',
      ),
      new RegExp(
        String.raw`\b${key}\b(?: \S{1,24}){0,5} (?:is|was|are|has|have|been|not|could not|cannot|does not|doesn't)\b.{0,16}\b(?:invalid|incorrect|valid|expired|revoked|rejected|recogni[sz]ed|exist|match|accepted|be (?:validated|verified)|malformed|disabled|deleted|wrong)\b`,
        'i',
      ),
      new RegExp(
        String.raw`\b${key} (?:expired|revoked|invalid|rejected|validation failed|verification failed|refresh failed)\b`,
        'i',
      ),
      /\b(?:authentication|authorization|auth) (?:failed|fails|error|failure|unsuccessful)\b/i,
      /\binvalid (?:authentication|authorization|credentials|login)\b/i,
      /\b(?:could not|unable to|failed to|cannot) (?:validate|verify|authenticate|refresh)\b.{0,30}\b(?:credentials?|token|key|user|request)?/i,
      /\b(?:re-?authenticate|log ?in again|sign ?in again|sso login|please (?:log|sign) ?in|session (?:has |is )?expired|reauthentication)\b/i,
      /\b(?:invalid|missing or invalid) (?:bearer|jwt|oauth)\b/i,
      /令牌.{0,12}(?:无效|过期|不正确|失效|不存在|已)|无效.{0,4}(?:的)?(?:令牌|密钥|api ?key|token)|(?:密钥|api ?key|key|token).{0,8}(?:无效|错误|不正确|过期|失效)|身份验证|(?:认证|鉴权|验证)(?:失败|错误|不通过)|未授权/i,
    ],
  },
  hint: {
    codes: [
      'AuthenticationError',
      'authentication_error',
      'UNAUTHENTICATED',
      'Unauthorized',
      'UnauthorizedError',
      'UnauthorizedException',
      'AuthError',
      'invalid_auth',
      'NotAuthenticatedError',
    ],
    words: [
      {
        words:
          /\b(?:api[ _-]?key|access token|auth token|bearer|credentials?|oauth|login|logged in)\b/i,
        along:
          /\b(?:error|fail\w*|exceed\w*|cannot|can't|could not|unable|invalid|not|no|too|unsupported|missing|denied|expired|must|over|reject\w*|refus\w*|unexpected|without|incorrect|bad|reach\w*|hit|wait|retry|again)\b/i,
      },
      /\bunauthori[sz]ed\b|\bunauthenticated\b|\bnot authenticated\b/i,
    ],
  },
  status: [401],
  explain: facts =>
    sentences(
      'A key or token was sent, and the provider does not accept it.',
      'It is wrong, expired or revoked, or belongs to another provider, organization, region or endpoint.',
      facts.env_var === undefined ? undefined : `The message names ${facts.env_var}.`,
    ),
  fixes: facts => [
    `Replace the key${facts.env_var === undefined ? '' : ` in ${facts.env_var}`}, and look for spaces, quotes or a line break around it.`,
    'Check that key and base_url belong together: same provider, resource and region.',
    'Renew an expired login (aws sso login, gcloud auth application-default login).',
    'A key of another organization or project is rejected too: drop the organization header or use the right key.',
    'Signed requests (AWS) fail as well when the clock of the machine is wrong.',
  ],
  links: [
    openaiErrors,
    anthropicErrors,
    geminiTroubleshooting,
    groqErrors,
    openrouterErrors,
    deepseekErrors,
    cohereErrors,
  ],
};
