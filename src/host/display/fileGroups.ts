import type { FileStatus } from '../../protocol/sourceStatus';

/** From so many files of one pattern on, they are one row. */
const minGroupSize = 4;

export type FileEntry =
  | { readonly kind: 'file'; readonly file: FileStatus }
  | { readonly kind: 'group'; readonly pattern: string; readonly files: readonly FileStatus[] };

/** Gathers files whose names differ only in digits and ids: thirty `debug_conversation_….json` are one row. */
export function groupFiles(files: readonly FileStatus[]): readonly FileEntry[] {
  const groups = new Map<string, FileStatus[]>();
  for (const file of files) {
    const key = patternOf(file);
    const group = groups.get(key);
    if (group) {
      group.push(file);
    } else {
      groups.set(key, [file]);
    }
  }
  return [...groups].flatMap(([pattern, members]): readonly FileEntry[] =>
    members.length >= minGroupSize && pattern.includes('*')
      ? [{ kind: 'group', pattern, files: members }]
      : members.map(file => ({ kind: 'file', file })),
  );
}

/** Digits, dashes between digits and hex ids of 8 and more become one star. Files that are no log stay by themselves. */
function patternOf(file: FileStatus): string {
  if (file.state !== 'live' && file.state !== 'reading') {
    return file.name;
  }
  return file.name.replace(/[0-9a-f]{8,}|\d+/gi, '*').replace(/\*(?:[-_.:T]?\*)+/g, '*');
}
