import { readdirSync } from 'node:fs';
import { describeRecords } from './describeReading';
import { assertGolden } from './golden';
import { fixturePath, readFixture } from './readFixture';

// the golden files stand apart from the fixtures: folders of fixtures are opened as log folders by other tests
const folders = ['seed-app', 'seed-loggers', 'homegrown', 'structured', 'text'];

describe('golden readings', () => {
  for (const folder of folders) {
    for (const file of readdirSync(fixturePath(folder)).sort()) {
      it(`reads ${folder}/${file} as its golden file says`, () => {
        const expected = fixturePath(`golden/formats/${folder}/${file}.expected.txt`);
        assertGolden(expected, describeRecords(readFixture(`${folder}/${file}`)));
      });
    }
  }
});
