import { conversation } from './conversation';
import { parameters } from './parameters';
import { raw } from './raw';
import { response } from './response';
import { timing } from './timing';
import { usage } from './usage';
import type { View } from './view';

/** The parts of a call in the order of their tabs and of the keys 1 to 6. */
export const views: readonly View[] = [conversation, response, usage, timing, parameters, raw];
