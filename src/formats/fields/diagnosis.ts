import type { Fields } from './values';

/**
 * Whether a record is what an app's own error diagnosis says (`llm_error_diagnosed`) of a call that is logged elsewhere:
 * counting it would count the call twice.
 */
export function isDiagnosisRecord(fields: Fields): boolean {
  return (
    fields['event'] === 'llm_error_diagnosed' ||
    fields['message'] === 'llm_error_diagnosed' ||
    ('suggested_fixes' in fields && 'error_type' in fields)
  );
}
