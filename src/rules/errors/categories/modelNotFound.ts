import type { ErrorCategory } from '../category';
import {
  bedrockCrossRegion,
  bedrockErrors,
  geminiModels,
  litellmProviders,
  ollamaFaq,
  openaiErrors,
  vertexModels,
} from '../links';
import { named, theModel } from '../say';

export const modelNotFound: ErrorCategory = {
  id: 'model_not_found',
  group: 'config',
  title: 'Model not found',
  definition:
    'The model is unknown, retired, not deployed, not pulled, or named in the wrong form.',
  retryable: false,
  facts: ['model'],
  decisive: {
    codes: [
      'DeploymentNotFound',
      'deployment_not_found',
      'AI_NoSuchModelError',
      'model_decommissioned',
      'model_deprecated',
      'ModelNotFoundError',
      'model_not_available',
      'ModelNotOpen',
      'unknown_model',
      'model_not_supported',
      'RepositoryNotFoundError',
    ],
    words: [
      /模型.{0,6}不存在/,

      /\b(?:does not exist|not found|was not found|not exist)\b,? or\b.{0,40}\b(?:have access|access to it|permission|not accessible|accessible)\b/i,
      /\btry pulling it\b|\bollama pull\b|\bnot found the model\b/i,
      /\bon-demand throughput isn.t supported\b|\bmodel identifier is invalid\b/i,
      /\bdeployment\b.{0,40}\b(?:does not exist|not found|could not be found)\b/i,
      /\bpublisher model\b.{0,160}\bnot found\b|\bis not found for api version\b/i,
      /\bmodel not found, inaccessible\b/i,
      /\bnot a valid (?:\w{2,20} )?model\b|\bno such model\b|\bmodel not exist\b/i,
      /\b(?:decommissioned|has been (?:retired|deprecated|sunset|discontinued|shut down)|end[ -]of[ -](?:its )?life|reached the end of)\b/i,
    ],
  },
  strong: {
    words: [
      /\bmodels?\b.{0,120}\b(?:was |were |is |are |could |be |can )?(?:not (?:be )?found|not exist|does(?: not|n't) exist|do not exist)\b/i,
      /\bmodels?\b.{0,100}\b(?:is|are|was|has been|been) (?:not available|unavailable|not deployed|not recogni[sz]ed|unknown|deprecated|retired|removed|disabled|no longer|not a supported|not supported(?! (?:in|with|by|for this (?:operation|endpoint))))\b/i,
      /\bmodels?\b.{0,60}\b(?:isn't|aren't|not) (?:available|supported|accessible|served|listed|installed)\b(?!.{0,20}\b(?:plan|region|country|with this|for this))/i,
      /\b(?:unknown|invalid|unsupported|unrecogni[sz]ed|no such|nonexistent|non-existent|undefined) (?:the )?model(?: (?:name|id|identifier|code|specified))?\b/i,
      /\b(?:could not|cannot|can't|couldn't|unable to|failed to|did not|not) (?:find|locate|resolve) (?:the )?(?:requested |specified )?model\b/i,
      /\b(?:is|are) no longer (?:available|supported|compatible|offered)\b/i,
      /\bmodel(?: \S{1,80})? (?:does not|doesn't) (?:exist|match any)/i,
      /\ballowed(?: now)?,? (?:but )?your model\b/i,
      // NVIDIA calls a deployed model a function.
      /\bfunction\b.{0,60}\bnot found for account\b/i,
      /模型.{0,24}(?:不存在|未找到|找不到|不可用|已下线|下线|不支持|未开通|无效)|(?:未知|无效|不支持的|不存在的)模型|モデル.{0,16}見つかり/,
    ],
  },
  hint: {
    codes: [
      'model_not_found',
      'NotFoundError',
      'ResourceNotFoundException',
      'invalid_model',
      'model_not_supported_error',
      'invalid_model_error',
      'not_found_error',
      'NotFound',
      'NOT_FOUND',
    ],
    words: [
      {
        words: /\bmodels?\b/i,
        along:
          /\b(?:not found|unknown|unavailable|not available|does not exist|doesn't exist|not exist|unsupported|not supported|deprecated|retired|no longer|cannot find|could not find|not valid|no such)\b/i,
      },
    ],
  },
  status: [404, 410],
  explain: facts =>
    `The provider does not know ${theModel(facts)}, or this account cannot see it: unknown, retired, not deployed or not pulled.`,
  fixes: facts => [
    `List the models of this account and correct the id${facts.model === undefined ? '' : ` "${facts.model}"`}: a 404 may also mean no access.`,
    'Azure wants the name of the deployment, not of the model. OpenRouter and NIM want vendor/model.',
    'Bedrock: on-demand use often needs the inference profile, with its prefix us., eu., apac. or global.',
    `Ollama: ollama pull ${named(facts, 'model', 'MODEL')}.`,
    'Retired? Move to its successor, and watch the deprecation dates of the models you pin.',
  ],
  links: [
    openaiErrors,
    geminiModels,
    vertexModels,
    bedrockCrossRegion,
    bedrockErrors,
    ollamaFaq,
    litellmProviders,
  ],
};
