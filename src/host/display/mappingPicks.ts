import type { MappedField, MappedPaths, MappingSuggestion } from '../../model/mapping';
import { toVisibleLine } from './visibleText';

/** One question of the mapping: what it is about, and the fields that its answer may become. */
export interface MappingStep {
  readonly ask: string;
  readonly fields: readonly MappedField[];
}

/** In the order in which they are asked. */
export const mappingSteps: readonly MappingStep[] = [
  { ask: 'Which field holds the prompt?', fields: ['prompt'] },
  { ask: 'Which field holds the response?', fields: ['response'] },
  { ask: 'Which field names the model?', fields: ['model'] },
  { ask: 'Which field counts the input tokens?', fields: ['inputTokens'] },
  { ask: 'Which field counts the output tokens?', fields: ['outputTokens'] },
  { ask: 'Which field says how long the call took?', fields: ['durationMs', 'durationS'] },
  { ask: 'Which field holds the time?', fields: ['time'] },
  { ask: 'Which field holds the error?', fields: ['error'] },
  { ask: 'Which field names the session?', fields: ['sessionId'] },
  { ask: 'Which field names the trace?', fields: ['traceId'] },
  { ask: 'Which field names the user?', fields: ['userId'] },
];

/** An answer; without `path` the log has no such field. */
export interface MappingPick {
  readonly label: string;
  readonly description: string;
  readonly field: MappedField;
  readonly path: string | undefined;
}

const unitNames: Readonly<Partial<Record<MappedField, string>>> = {
  durationMs: 'in milliseconds',
  durationS: 'in seconds',
};

/** The answers to a question: the guess, none, then every field with what it holds. Fields that were chosen come no more. */
export function mappingPicks(
  { fields }: MappingStep,
  { paths, guess }: MappingSuggestion,
  chosen: MappedPaths,
): readonly MappingPick[] {
  const used = new Set(Object.values(chosen));
  const free = paths.filter(({ path }) => !used.has(path));
  const picks = free.flatMap(({ path, values }) =>
    fields.map(field => ({
      label: toVisibleLine(path),
      description: toVisibleLine(
        [unitNames[field], values.join(' · ')].filter(Boolean).join(': '),
        200,
      ),
      field,
      path,
    })),
  );
  const isGuess = ({ field, path }: MappingPick) => path !== undefined && guess[field] === path;
  const none: MappingPick = {
    label: 'Not in this log',
    description: '',
    field: fields[0] ?? 'prompt',
    path: undefined,
  };
  return [...picks.filter(isGuess), none, ...picks.filter(pick => !isGuess(pick))];
}
