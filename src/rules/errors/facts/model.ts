import type { Signals } from '../signals';

const name = String.raw`([\w./:@+-]{1,160}[\w])`;

function after(words: string, flags = 'i'): RegExp {
  return new RegExp(words.replaceAll('#', name), flags);
}

// Most telling first; a quoted name beats a bare one, and a gateway's group name is no model.
const patterns: readonly RegExp[] = [
  /\bpublishers\/[\w.-]{1,60}\/models\/([\w.@-]{1,120})/,
  /\bfoundation-model\/([\w.:-]{1,120})/,
  /\bregistry\.ollama\.ai\/library\/([\w.:-]{1,120})/,
  after('\\b(?:model|deployment)s?(?: named| id| name)?:? ?["\'`]#["\'`]'),
  after('\\b(?:passed )?model(?:_name|_id|_group)?= ?["\'`]?#'),
  /\bmodels\/([\w.-]{1,120})(?= is | does | not |['"`]| for )/i,
  after('\\b(?:for|of) (?:the )?(?:base )?model:? #'),
  after('\\bbase model: #'),
  after('\\blimit reached for # (?:in|on)\\b'),
  after('\\btoo large for (?:model )?["\'`]?#["\'`]? (?:in|on)\\b'),
  after('\\b(?:number of output tokens|max_tokens|maximum|limit) (?:allowed )?for ["\'`]?#'),
  after('\\bmodel:? # (?:has|is|was|does|not|or|on|reached|requires|could|cannot)\\b'),
  after('\\b(?:not found the|unknown|invalid|no such|unsupported) model:? ["\'`]?#'),
  after('^\\W{0,8}["\'`]#["\'`] (?:does not|is no longer|is not|has been|not found)'),
  after('\\bmodel: #'),
  after('"model": ?"#"'),
  after('\\b# does not support (?:tools|chat|generate|thinking|insert|vision|images)'),
];

const plainWord = /^(?:[a-z]+|N\/A|None|null)$/;
const rateTier = /^\d{1,6}K?(?:TPM|RPM)/;

/** The model that a message speaks of, as it spells it. */
export function readModel(text: string, signals: Signals): string | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined && !plainWord.test(found) && !rateTier.test(found)) {
      return found;
    }
    // `model 'nonexistent' not found`: quoted, so a plain word is a name after all.
    if (
      found !== undefined &&
      /["'`]#["'`]/.test(text.replace(found, '#')) &&
      !rateTier.test(found)
    ) {
      return found;
    }
  }
  return signals.fields.find(field => field.key === 'model')?.value;
}
