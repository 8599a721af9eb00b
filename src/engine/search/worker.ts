import { setImmediate } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { createMapped } from '../../formats/mapped';
import { formats } from '../../formats/index';
import type { Mapping } from '../../model/mapping';
import { UnpackedEntries } from '../read/packed/unpackedEntries';
import type { ScanAnswer, ScanRequest } from './scanJob';
import { scanRecords } from './scanRecords';

/** A thread that searches. It does not tell jobs from each other: they go on side by side. */
if (parentPort) {
  const port = parentPort;
  let mappings: readonly Mapping[] = [];
  const tools = {
    formats: [createMapped(() => mappings), ...formats],
    entries: new UnpackedEntries(),
  };
  /** Jobs that are not done, and whether they are to be. */
  const jobs = new Map<number, { isStopped: boolean }>();
  const answer = (message: ScanAnswer): void => port.postMessage(message);
  // what comes over this port is sent by our own `ScanThreads`
  port.on('message', (request: ScanRequest) => {
    if (request.type === 'stop') {
      const job = jobs.get(request.id);
      if (job) {
        job.isStopped = true;
      }
      return;
    }
    void run(request.job);
  });

  const run = async (job: Extract<ScanRequest, { type: 'scan' }>['job']): Promise<void> => {
    ({ mappings } = job);
    const state = { isStopped: false };
    jobs.set(job.id, state);
    for (const found of scanRecords(job, tools)) {
      if (found.length > 0) {
        answer({ id: job.id, found, done: false });
      }
      // lets the message in that says to stop
      await setImmediate();
      if (state.isStopped) {
        break;
      }
    }
    jobs.delete(job.id);
    answer({ id: job.id, found: [], done: true });
  };
}
