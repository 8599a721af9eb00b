import { keepYoungSmall } from './collecting';
import { compileSmaller } from './compiling';

// What a command does is a file of its own (`dist/program.js`): when V8 has read its megabyte of source it is too late for both.
compileSmaller();
keepYoungSmall();
void import('./program.js');
