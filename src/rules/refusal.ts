import { shorten } from './say';
import type { ContentRule } from './rule';

/** Whether a finish reason says that the model itself declined. */
export function saysRefused(finishReason: string | undefined): boolean {
  return /^refus(?:al|ed)$/i.test(finishReason ?? '');
}

/** The model declined to answer, and said so in the field that providers have for it. */
export const refusal: ContentRule = {
  id: 'refusal',
  title: 'Model declined to answer',
  severity: 'warning',
  docs: 'The finish reason is a refusal, or the answer holds a refusal part.',
  looksAt: 'content',
  check(span, { content }) {
    const said = content.outputMessages
      .flatMap(message => message.parts)
      .find(part => part.type === 'refusal' && part.text.trim() !== '');
    if (said === undefined && !saysRefused(span.finishReason)) {
      return undefined;
    }
    const words = said?.type === 'refusal' ? ` Its words: "${shorten(said.text, 200)}"` : '';
    return {
      message: `The call worked, but the model declined to do what it was asked.${words}`,
      fixes: [
        'Read the prompt as the model saw it: say who asks and what for, and take out what sounds like harm.',
        'Handle a refusal in the app (message.refusal, or the finish reason) instead of parsing the empty text.',
        'Start the conversation afresh after a refusal, or drop the refused turn: it colours the next answers.',
        ...(span.model === undefined
          ? []
          : [`Try another model than ${span.model}: they decline different things.`]),
      ],
      links: [],
      facts: span.finishReason === undefined ? {} : { finish_reason: span.finishReason },
    };
  },
};
