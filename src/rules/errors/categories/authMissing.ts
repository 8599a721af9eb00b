import type { ErrorCategory } from '../category';
import { anthropicErrors, openaiErrors } from '../links';
import { named, sentences } from '../say';

const credential = String.raw`(?:api[ _-]?keys?|credentials?|auth(?:entication|orization)?(?: header| token| credentials)?|access token|bearer token|x-api-key|token)`;

export const authMissing: ErrorCategory = {
  id: 'auth_missing',
  group: 'access',
  title: 'No API key',
  definition: 'No credential reached the client or the server.',
  retryable: false,
  facts: ['envVar'],
  decisive: {
    codes: [
      'NoCredentialsError',
      'AI_LoadAPIKeyError',
      'LoadAPIKeyError',
      'DefaultCredentialsError',
      'CredentialsProviderError',
      'missing_api_key',
      'MissingApiKeyError',
      'no_api_key',
      'PartialCredentialsError',
      'MissingAuthenticationTokenException',
    ],
    words: [
      /\bcould not resolve authentication method\b/i,
      /\b(?:unable|failed) to (?:locate|find|load) (?:aws |google |default )?credentials\b/i,
      /\bcould not (?:load|find|locate|resolve)\b.{0,24}\bcredentials\b/i,
      /\bdefault credentials\b.{0,30}\bnot (?:be )?found\b|\bdefault credentials were not found\b/i,
      /\b(?:did ?n[o']t|did not|have not|haven't) (?:provide|supply|set|specify|configure|pass)\b.{0,24}\b(?:api[ _-]?key|credentials?|token)/i,
      /\bdid not find \w{2,40}api_key\b/i,
      /\bno auth(?:entication|orization)? credentials\b|\bno cookie auth\b/i,
      {
        words:
          /\b[A-Z][A-Z0-9_]{1,40}_(?:KEY|TOKEN|SECRET|CREDENTIALS)\b.{0,60}\b(?:environment variable|env|not set|missing|is required|must be set|undefined|empty)/,
      },
      {
        words:
          /\b(?:[Ss]et|provide|export|define|add|[Cc]onfigure|[Mm]issing)\b.{0,40}\b[A-Z][A-Z0-9_]{1,40}_(?:KEY|TOKEN|SECRET)\b/,
      },
      /\bunregistered callers\b/i,
      /\bapi_key client option must be set\b|\bmissing credentials\b/i,
      new RegExp(
        String.raw`\b(?<!such )(?:missing|no(?! such)|without|absent|empty|undefined)(?: (?:or|invalid|an?|the|any|valid|required|\S{1,16})){0,2} ${credential}\b(?!.{0,40}\bpermission)`,
        'i',
      ),
      new RegExp(
        String.raw`\b${credential}\b.{0,24}\b(?:is|are|was|were|must be|has|not) ?(?:been )?(?:missing|not set|not provided|required|empty|undefined|unset|not configured|not specified|provided|configured|set|a string|present|absent)\b(?!.{0,30}\b(?:invalid|expired))`,
        'i',
      ),
      /未(?:提供|配置|设置|填写|传).{0,12}(?:令牌|密钥|api ?key|key|token|凭证)|缺少.{0,12}(?:令牌|密钥|api ?key|token|认证|鉴权)/i,
    ],
  },
  explain: facts =>
    sentences(
      'No API key or other credential was there to be sent.',
      facts.env_var === undefined
        ? undefined
        : `The client looked for ${facts.env_var} in the environment of this process.`,
    ),
  fixes: facts => [
    `Set ${named(facts, 'env_var', 'the key')} for this very process: services, containers and editors do not read your shell profile.`,
    'Check that the .env file is loaded before the client is made, and the spelling of the name.',
    'Or pass the key to the client in code, from a secret store.',
    'Clouds: choose the profile or log in (aws sso login, gcloud auth application-default login).',
  ],
  links: [openaiErrors, anthropicErrors],
};
