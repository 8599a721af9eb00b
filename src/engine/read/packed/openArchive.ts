import type { Container } from '../sniff';
import type { ArchiveOpener } from './archive';
import { openSqlite } from './sqlite';
import { openGzip, openZstd } from './stream';
import { openZip } from './zip';

const openers: Readonly<Record<Container, ArchiveOpener>> = {
  gzip: openGzip,
  zstd: openZstd,
  zip: openZip,
  sqlite: openSqlite,
};

/** Lists what is to be unpacked of a file, or says why that cannot be done. */
export function openArchive(
  container: Container,
  ...[source]: Parameters<ArchiveOpener>
): ReturnType<ArchiveOpener> {
  return openers[container](source);
}
