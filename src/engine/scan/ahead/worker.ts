import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { useHashSecrets } from '../../store/bytes';
import { LineScanner } from '../lineScanner';
import { ScanMemory } from '../scanMemory';
import { AheadControl, places } from './aheadControl';
import type { AheadJob, AheadRequest, AheadStart } from './aheadJob';
import { AheadReader } from './aheadReader';

/** A thread that reads and scans a file a few windows ahead of the engine. */
if (parentPort) {
  const port = parentPort;
  // given by our own `ScanAhead`
  const start = workerData as AheadStart;
  const { module, seed, windowBytes } = start;
  const control = new AheadControl(start.control);
  const scanner = new LineScanner({ module, seed, memory: new ScanMemory(start.memory) });
  const reader = new AheadReader(scanner, control, windowBytes);
  let next: AheadJob | undefined;
  const take = (request: AheadRequest): void => {
    if (request.type === 'job') {
      next = request.job;
    } else {
      request.lessons.forEach(lesson => scanner.learn(lesson));
    }
  };
  const takeAll = (): void => {
    for (
      let received = receiveMessageOnPort(port);
      received !== undefined;
      received = receiveMessageOnPort(port)
    ) {
      // what comes over this port is sent by our own `ScanAhead`
      take(received.message as AheadRequest);
    }
  };
  const run = (job: AheadJob): void => {
    useHashSecrets(job.secrets);
    control.takeUp(job.id, job.offset);
    while (control.job === job.id) {
      takeAll();
      if (!reader.step(job)) {
        if (control.isOver) {
          break;
        }
        control.rest();
      }
    }
    reader.leave();
  };
  port.on('message', (request: AheadRequest) => {
    take(request);
    while (next !== undefined) {
      const job = next;
      next = undefined;
      run(job);
      takeAll();
    }
  });
  control.setReady(Array.from({ length: places }, () => scanner.addPlace(windowBytes)));
}
