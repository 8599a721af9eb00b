import type { ErrorCategory } from '../category';
import { azureContentFilter, geminiTroubleshooting, openaiErrors } from '../links';

export const contentFilter: ErrorCategory = {
  id: 'content_filter',
  group: 'output',
  title: 'Blocked by a content filter',
  definition: "The provider's safety system blocked the prompt or the answer.",
  retryable: false,
  facts: ['model', 'code'],
  decisive: {
    codes: [
      'content_filter',
      'ContentFilterFinishReasonError',
      'content_policy_violation',
      'ContentPolicyViolationError',
      'ResponsibleAIPolicyViolation',
      'data_inspection_failed',
      'DataInspectionFailed',
      'PROHIBITED_CONTENT',
      'moderation_blocked',
      'sensitive_words_detected',
      'BlockedPromptException',
      'StopCandidateException',
      'ResponseValidationError',
      'content_filtered',
      'GUARDRAIL_INTERVENED',
      'InputGuardrailTripwireTriggered',
      'OutputGuardrailTripwireTriggered',
      'SENSITIVE_INFORMATION',
      'RECITATION',
      'BLOCKLIST',
      'SPII',
      'IMAGE_SAFETY',
      'safety_violation',
      'content_moderation',
    ],
    words: [
      /\bcontent[ _-]?(?:filter|filtering|policy|management policy|moderation|safety)\b(?!.{0,12}\bcsp\b)/i,
      /\bsafety (?:system|settings|filters?|reasons?|guidelines|policy|policies|checks?|classifier)\b/i,
      /\b(?:was|were|been|is|got|content) flagged\b|\bflagged (?:as|for|by)\b/i,
      /\bviolat\w+\b.{0,40}\b(?:usage|content|our|use|terms|community|acceptable)\b.{0,20}\b(?:polic|guidelines|terms)/i,
      /\busage (?:policy|policies|guidelines)\b|\bacceptable use policy\b/i,
      /\bagainst (?:the |our |your )?(?:\w{1,12} )?(?:policy|guidelines)\b/i,
      /\bcontent exists risk\b|\b(?:new_)?sensitive(?: words?| content| information)?\b.{0,24}\b(?:detected|\(10|found|contain)|\bsensitive words?\b|\bnew_sensitive\b/i,
      /\b(?:prompt|response|output|input|content|request|candidate|message)\b.{0,24}\b(?:was|were|has been|is|been|got) blocked\b|\bblocked (?:by|due to|because of|for)\b.{0,30}\b(?:safety|content|policy|filter|moderation|guardrail|prohibited)/i,
      /\bblock_?reason\b|\bprompt_?feedback\b|\bfinish[ _]?reason\b.{0,12}\b(?:safety|prohibited_content|recitation|blocklist|spii|content_filter|image_safety)\b/i,
      /\binappropriate (?:content|material)\b|\bunsafe content\b|\bharmful content\b|\bcontent moderation\b|\bmoderation\b/i,
      /\bguardrails?\b.{0,40}\b(?:interven|block|violat|trigger|tripwire|reject)/i,
      /\bresponsible ?ai\b|\bjailbreak\b/i,
      /敏感|违规|不合规|内容安全|不安全内容|违反.{0,12}(?:政策|规定|法律)|存在风险|审核(?:不通过|未通过|失败)|不当内容/,
    ],
  },
  hint: {
    codes: ['SAFETY', 'blocked'],
    words: [
      {
        words:
          /\b(?:safety|moderation|harmful|unsafe|inappropriate|violat\w+|filtered|flagged|prohibited|disallowed)\b/i,
        along:
          /\b(?:content|prompt|response|request|input|output|message|policy|policies|guidelines)\b/i,
      },
    ],
  },
  explain: () =>
    'The safety system of the provider, not the model, stopped the prompt or the answer.',
  fixes: () => [
    'See which filter it was: innererror.content_filter_result (Azure), promptFeedback and finishReason (Gemini), the guardrail trace (Bedrock).',
    'Rephrase or split the input; system prompts of agents are often taken for jailbreaks.',
    'Adjust the filter of the deployment or the safetySettings where the provider allows it.',
    'Do not send it again unchanged; keep the flagged text to find the pattern.',
  ],
  links: [azureContentFilter, geminiTroubleshooting, openaiErrors],
};
