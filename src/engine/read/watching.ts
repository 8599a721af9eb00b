import { once } from '../../model/once';
import type * as Watching from './folderWatch';

/** chokidar is for what is followed, and no command but one follows: a part of its own (`parts` in esbuild.js). */
export const watching = once<typeof Watching>(() => require('./folderWatch'));
