import { html, type TemplateResult } from 'lit';
import { toRuns } from '../text/emphasis';
import { plainText } from '../text/plainText';

/** A sentence of a rule: numbers stand out, `code` is code. What came from the log in it is text all the same. */
export function sentence(text: string): readonly TemplateResult[] {
  return toRuns(text).map(run => {
    switch (run.kind) {
      case 'number':
        return html`<strong>${run.text}</strong>`;
      case 'code':
        return html`<code>${plainText(run.text)}</code>`;
      case 'text':
        return html`${plainText(run.text)}`;
    }
  });
}
