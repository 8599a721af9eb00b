import type { ErrorCategory } from '../category';
import {
  anthropicErrors,
  anthropicOverloaded,
  bedrockCrossRegion,
  geminiTroubleshooting,
  openaiErrors,
  togetherErrors,
} from '../links';
import { sentences, theModel, wait } from '../say';

export const overloaded: ErrorCategory = {
  id: 'overloaded',
  group: 'capacity',
  title: 'Provider out of capacity',
  definition: 'The provider, not the caller, is out of capacity, or the model is still loading.',
  retryable: true,
  facts: ['retryAfter', 'model'],
  decisive: {
    codes: [
      'MODEL_CAPACITY_EXHAUSTED',
      'overloaded_error',
      'OverloadedError',
      'ModelNotReadyException',
      'engine_overloaded',
      'EngineOverloadedError',
      'server_overloaded',
      'model_overloaded',
      'capacity_exceeded',
      'ServerOverloaded',
      'RequestBurstTooFast',
    ],
    words: [
      /\b(?:is|are|currently|temporarily|engine|model|server|servers|service|system|been|backend|upstream|provider)\b.{0,24}\boverload(?:ed)?\b/i,
      /^\W{0,12}overloaded\W{0,12}$/i,
      /\boverloaded_error\b/i,
      /\b(?:high|heavy|peak|increased) (?:demand|load|traffic|volume of requests)\b/i,
      /\bno capacity\b|\b(?:at|over|out of|insufficient|not enough|limited|lack of) capacity\b/i,
      /\bcapacity (?:exceeded|constraints?|exhausted|limits?|is full|unavailable)\b/i,
      /\b(?:server|service|system|model|engine)s? (?:is |are )?(?:currently |temporarily |too )?busy\b/i,
      /\bno (?:free |idle )?slots? (?:is |are )?(?:available|free)\b|\bno available slots?\b/i,
      // NVIDIA answers 400 while a model of its own is unwell.
      /\bDEGRADED function\b/,
      /\b(?:maximum )?pending requests exceeded\b|\bqueue is full\b|\bqueue full\b|\bwaiting queue\b/i,
      {
        words:
          /\b(?:loading model|model(?: \S{1,120})? is (?:currently |still )?loading|still loading|warming up|is starting up|model (?:is )?not ready)\b/i,
        unless: /\b(?:error|fail\w*|unable|cannot|could not)\b.{0,24}\bload/i,
      },
      /负载.{0,8}(?:饱和|过高|过大|已满)|(?:服务|系统|服务器|模型|网络)(?:繁忙|过载|忙)|过载|稍后再试.{0,4}繁忙|混み合って/,
    ],
  },
  strong: {
    words: [
      /\ball (?:of )?(?:our |the )?(?:gpus|workers|slots|instances|servers|replicas)\b.{0,16}\b(?:busy|in use|occupied|taken)/i,

      /\bservice (?:is )?(?:currently |temporarily )?unavailable\b/i,
      /\b(?:temporarily|currently) unavailable\b/i,
      /\bno (?:healthy upstream|available (?:workers?|instances?|replicas?|servers?|gpus?))\b/i,
      /\bmodel\b.{0,40}\btemporarily\b.{0,20}\b(?:unavailable|offline|down)\b/i,
      { words: /\b503 status code\b/i },
    ],
  },
  hint: {
    codes: [
      'ServiceUnavailableError',
      'ServiceUnavailableException',
      'ServiceUnavailable',
      'service_unavailable',
      'UNAVAILABLE',
      'unavailable_error',
      'overloaded',
    ],
    words: [/\boverloaded\b/i],
  },
  status: [503, 529],
  explain: facts => {
    const pause = wait(facts);
    return sentences(
      `The provider has no room for ${theModel(facts)} at the moment. The request itself is fine.`,
      pause === undefined ? undefined : `It says to wait ${pause}.`,
    );
  },
  fixes: facts => {
    const pause = wait(facts);
    return [
      pause === undefined
        ? 'Retry with exponential backoff and jitter.'
        : `Retry after ${pause}, then with exponential backoff and jitter.`,
      'Fail over to another model, region or provider.',
      'Move bulk work to a batch API or to a quieter hour.',
      'If the model is still loading, wait for it and keep it warm.',
    ];
  },
  links: [
    anthropicOverloaded,
    anthropicErrors,
    geminiTroubleshooting,
    bedrockCrossRegion,
    openaiErrors,
    togetherErrors,
  ],
};
