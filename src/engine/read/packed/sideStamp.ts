import { errorCode, type FileAccess } from '../fileAccess';
import { stampOf } from '../fileStamp';
import { writeAheadLogOf } from './sqliteDatabase';

/** Size and time of the log beside a database: the database itself changes only when the log is folded into it. */
export function sideStamp(path: string, access: FileAccess): string {
  try {
    const { size, mtimeNs } = stampOf(access.lstat(writeAheadLogOf(path)));
    return `${size} ${mtimeNs}`;
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
    return '';
  }
}
