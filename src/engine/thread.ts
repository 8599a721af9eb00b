import path from 'node:path';
import { runBundle } from './runBundle';

// The engine itself is a file of its own, for the sake of how it is read.
runBundle(path.join(__dirname, 'worker.js'));
