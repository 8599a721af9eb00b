import { listKnownLogs } from '../engine/known/knownLogs';
import type { Command } from './command';
import { showTime } from './display';
import { UsageError } from './io';
import { printTable } from './table';

export const sources: Command = {
  name: 'sources',
  usage: 'sources [--json]',
  summary: 'lists where well-known tools keep logs on this machine',
  details: [
    'It only looks whether each place is there; nothing in it is read. Give a PATH to another command to read it.',
    '--json also lists the places that are not there.',
  ],
  options: {},
  async run({ io, out, json, paths }) {
    if (paths.length > 0) {
      throw new UsageError('sources takes no PATH');
    }
    const known = await listKnownLogs([io.cwd]);
    if (json) {
      for (const { name, path, exists } of known) {
        await out.printJson({ name, path, exists });
      }
      return;
    }
    const found = known.filter(place => place.exists);
    if (found.length === 0) {
      await out.printText('No logs of a well-known tool were found.');
      return;
    }
    await printTable(
      out,
      [{ title: 'LOGS' }, { title: 'CHANGED' }, { title: 'PATH' }],
      found.map(place => [place.name, showTime(place.changedTime), place.path]),
    );
  },
};
