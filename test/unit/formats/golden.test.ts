import { describeRecords } from './describeReading';
import { assertGolden } from './golden';
import { fixturePath, logFixtures, readFixture } from './readFixture';

// the golden files stand apart from the fixtures: folders of fixtures are opened as log folders by other tests
describe('golden readings', () => {
  for (const file of logFixtures) {
    it(`reads ${file} as its golden file says`, () => {
      const expected = fixturePath(`golden/formats/${file}.expected.txt`);
      assertGolden(expected, describeRecords(readFixture(file)));
    });
  }
});
