import path from 'node:path';
import { formats } from '../../../src/formats/index';
import { formatsPage } from './formatsPage';
import { assertGolden } from './golden';

describe('docs/formats.md', () => {
  it('is the page that the list of formats makes', () => {
    assertGolden(path.resolve('docs/formats.md'), formatsPage(formats));
  });
});
