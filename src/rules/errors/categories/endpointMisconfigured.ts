import type { ErrorCategory } from '../category';
import { openaiErrors } from '../links';
import { sentences, theHost } from '../say';

export const endpointMisconfigured: ErrorCategory = {
  id: 'endpoint_misconfigured',
  group: 'config',
  title: 'Wrong endpoint',
  definition:
    'A wrong base URL, path, API version or API family, or an endpoint setting that is missing.',
  retryable: false,
  facts: ['envVar', 'model', 'host'],
  decisive: {
    codes: [
      'UnsupportedProtocol',
      'ERR_INVALID_URL',
      'unsupported_api_version',
      'invalid_url',
      'MissingSchema',
      'InvalidSchema',
      'NoRegionError',
      'method_not_allowed',
    ],
    words: [
      /\b(?:only|not) supported in (?:the )?v1\/|\bdid you mean to use v1\/|\bnot a chat model\b/i,
      /\b(?:use|via|through|only) the responses api\b|\bonly supported (?:in|by|with|via) (?:the )?(?:responses|chat completions|completions)\b/i,
      /\bapi[ -]version\b.{0,60}\b(?:not supported|invalid|required|missing|unsupported|must|not exist|environment)|\b(?:missing|unsupported|invalid)\b.{0,24}\bapi[ -]version\b/i,
      /\bapi_version\b.{0,80}\b(?:environment|argument|required|must)/i,
      /\b(?:base_?url|azure_endpoint|endpoint url|resource name|aws region|region|project id|base path)\b.{0,50}\b(?:is required|required|not set|is missing|must be (?:set|provided|specified)|not provided|is empty|not configured|invalid)\b/i,
      /\b(?:requires?|must (?:provide|specify|pass|set)|missing|set|specify)\b(?: \S{1,20}){0,5} `?(?:base_?url|azure_endpoint|aws region|region|project id|AWS_REGION|\w{3,30}_ENDPOINT|\w{3,30}_BASE_URL)\b/i,
      /\bhost='https?'|\bno scheme supplied\b|\bmissing an? 'http|\bunsupported protocol\b|\bunsupported url scheme\b|\bfailed to parse url\b|\binvalid base ?url\b/i,
      /\b(?:forgot|missing|add|append|without)\b.{0,24}['"`]\/v1\b/i,
      /\b(?:could not|unable to|cannot|failed to) (?:resolve|determine|infer|find) (?:the |a )?(?:project|region|location|endpoint)\b/i,
      /\bhttp request to an https server\b|\bplain http request was sent to https\b/i,
      /\bunexpected endpoint or method\b|\b(?:unknown|invalid|unrecognized) (?:request )?(?:url|endpoint|path|api route)\b/i,
      /\b(?:chatCompletion|completion|embeddings?|responses?) operation does not work with\b/i,
    ],
  },
  strong: {
    words: [
      /\b404 page not found\b|\broutes?\b.{0,30}\bnot found\b|\bno route\b(?! to host)|\bcannot (?:post|get) \//i,
      /\bresource not found\b|\bmethod not allowed\b|\bno matching (?:operation|route|path)\b/i,
      /\b(?:path|page|url|endpoint)\b.{0,60}\b(?:not found|does not exist|was not found)\b/i,
      /["']?detail["']?: ?["']not found["']/i,
      /^\W{0,6}(?:error:? ?)?(?:404:? ?)?not found\W{0,4}$/i,
      /(?:接口|路径|地址|路由).{0,8}(?:不存在|错误|未找到|无效)/,
    ],
  },
  hint: {
    codes: ['OperationNotSupported', 'route_not_found'],
    words: [
      {
        words: /\b(?:base[ _]?url|api[ _]?base|api[ -]?version|url path|endpoint url)\b/i,
        along:
          /\b(?:error|fail\w*|exceed\w*|cannot|can't|could not|unable|invalid|not|no|too|unsupported|missing|denied|expired|must|over|reject\w*|refus\w*|unexpected|without|incorrect|bad|reach\w*|hit|exhaust\w*|used|resets?)\b/i,
      },
    ],
  },
  status: [405],
  explain: facts =>
    sentences(
      'The request went to an address that does not do this: a wrong path or API version, or the wrong kind of API.',
      facts.env_var === undefined ? undefined : `${facts.env_var} is not set.`,
      facts.host === undefined ? undefined : `It was sent to ${theHost(facts, '')}.`,
    ),
  fixes: facts => [
    ...(facts.env_var === undefined ? [] : [`Set ${facts.env_var}, or pass it to the client.`]),
    'Check base_url: scheme once, /v1 exactly once, nothing of the path that the client appends itself.',
    'Azure: the api-version, and /openai/deployments/NAME in the path.',
    'Use the API that the model has: chat completions, responses, completions or embeddings.',
  ],
  links: [openaiErrors],
};
