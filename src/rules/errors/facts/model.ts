import type { Signals } from '../signals';
import { readFirst, type Fact } from './fact';

const name = String.raw`([\w./:@+-]{1,160}\w)`;
const quote = '["\'`]';

function after(words: string): RegExp {
  return new RegExp(words.replaceAll('#', name).replaceAll('Q', quote), 'i');
}

// A name in quotes may be any word.
const quoted: readonly RegExp[] = [
  /\bpublishers\/[\w.-]{1,60}\/models\/([\w.@-]{1,120})/,
  /\/v1(?:alpha|beta)?\/models\/([\w.-]{1,120}\w)/,
  /\bfoundation-model\/([\w.:-]{1,120})/,
  /\bregistry\.ollama\.ai\/library\/([\w.:-]{1,120})/,
  after(String.raw`\b(?:model|deployment)s?(?: named| id| name)?:? ?Q#Q`),
  after(String.raw`\b(?:passed )?(?:in )?model(?:_name|_id)?=Q?#`),
  after(String.raw`\b(?:too large|limit reached) for (?:model )?Q#Q`),
  after(String.raw`\b(?:unknown|invalid|no such|unsupported) model:? Q?#`),
  after(String.raw`^\W{0,8}Q#Q (?:does not|doesn't|is no longer|is not|has been|not found)`),
];

// A bare one has to look like a model's: with a digit, or a separator inside.
const bare: readonly RegExp[] = [
  /(?<!\/)\bmodels\/([\w.-]{1,120}\w)/i,
  after(String.raw`\bmodel (?:id|identifier|name):? #`),
  after(String.raw`\b(?:for|of|to) (?:the )?(?:base |selected )?model:? #`),
  after(String.raw`\bbase model: #`),
  after(String.raw`\b(?:too large|limit reached) for #(?: (?:in|on|for)\b|:|\.(?: |$))`),
  after(String.raw`\b(?:number of output tokens|max_tokens|maximum|limit) (?:allowed )?for Q?#`),
  after(
    String.raw`\bmodel:? #Q? (?:has|is|was|does|do|doesn't|not|or|on|reached|requires|could|cannot)\b`,
  ),
  after(String.raw`\bnot found the model:? Q?#`),
  after(String.raw`\bmodel\b:? ?"?#`),
  after(String.raw`\bno (?:endpoints|deployments|providers) (?:found|available) for #`),
  after(String.raw`^\W{0,8}# (?:does not support|is not a valid model|is not supported)\b`),
  after(String.raw`\b# does not support (?:tools|chat|generate|thinking|insert|vision|images)`),
];

const looksLikeModel = /\d|[a-z][-./:][a-z]/i;
const rateTier = /^\d{1,6}K?(?:TPM|RPM)/;
const nothing = /^(?:none|null|undefined|the|this|id)$/i;

/** The model that a message speaks of, as it spells it. */
export function readModel(text: string, signals: Signals): readonly Fact[] {
  const inQuotes = readFirst('model', quoted, text, found =>
    nothing.test(found) || rateTier.test(found) ? undefined : found,
  );
  if (inQuotes.length > 0) {
    return inQuotes;
  }
  const unquoted = readFirst('model', bare, text, found =>
    looksLikeModel.test(found) && !rateTier.test(found) ? found : undefined,
  );
  if (unquoted.length > 0) {
    return unquoted;
  }
  const field = signals.fields.find(({ key }) => key === 'model');
  return field === undefined ? [] : [{ name: 'model', value: field.value, place: field }];
}
