import type { ErrorDiagnosis } from '../../model/diagnostic';
import type { PromptSize } from '../../model/promptSize';

/** Errors that say the prompt is too large: what filled it is the answer. */
const aboutSize: ReadonlySet<string> = new Set([
  'context_length',
  'request_over_tpm',
  'request_too_large',
]);
const leastShare = 0.3; // of the prompt, from which on one part is worth naming

/** Whether the size of the prompt is what the error is about. */
export function isAboutSize({ category }: ErrorDiagnosis): boolean {
  return aboutSize.has(category);
}

/** Names the part of the prompt that weighs most, as the first thing to do. */
export function nameCulprit(diagnosis: ErrorDiagnosis, prompt: PromptSize): ErrorDiagnosis {
  const [largest] = prompt.parts;
  const share = largest === undefined ? 0 : largest.characters / prompt.characters;
  if (largest === undefined || share < leastShare || prompt.isPartial || !isAboutSize(diagnosis)) {
    return diagnosis;
  }
  const tokens =
    prompt.tokens === undefined
      ? ''
      : `about ${Math.round(prompt.tokens * share).toLocaleString('en-US')} tokens, `;
  const what =
    largest.kind === 'toolResult' ? `the result of ${largest.name}` : `the ${largest.name}`;
  const fix = `Shorten ${what}: ${tokens}${Math.round(share * 100)} % of the prompt.`;
  return { ...diagnosis, fixes: [fix, ...diagnosis.fixes] };
}
