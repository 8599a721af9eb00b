import { guessMapping } from '../../formats/fields/guessMapping';
import type { MappingSuggestion } from '../../model/mapping';
import { sampleRecords } from '../read/sampleRecords';

/** What a person who maps the fields of a file is shown. */
export function suggestMapping(file: string): MappingSuggestion {
  return guessMapping(sampleRecords(file));
}
