import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {
  commands,
  type CommandEntry,
  settings,
  type SettingEntry,
  views,
} from '../../../src/host/manifest';

interface Menu {
  readonly command: string;
  readonly when?: string;
}
interface Contributes {
  readonly commands: readonly { command: string; title: string; category: string; icon?: string }[];
  readonly menus: Readonly<Record<string, readonly Menu[]>>;
  readonly keybindings: readonly Menu[];
  readonly views: { readonly callsight: readonly { id: string; name: string; icon: string }[] };
  readonly viewsContainers: { readonly activitybar: readonly { id: string; icon: string }[] };
  readonly viewsWelcome: readonly { view: string; contents: string }[];
  readonly configuration: {
    readonly properties: Readonly<
      Record<string, { type: string; default: unknown; enum?: unknown }>
    >;
  };
  readonly walkthroughs: readonly {
    steps: readonly { description: string; media: { svg: string } }[];
  }[];
}

describe('the manifest', () => {
  // our own file: what it must hold is what the tests below look for
  const { contributes, icon } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as {
    contributes: Contributes;
    icon: string;
  };
  const ids = Object.keys(commands).sort();

  it('has the commands of the table, with title and icon, and no others', () => {
    const table: Readonly<Record<string, CommandEntry>> = commands;
    const expected = ids.map(command => ({
      command,
      title: table[command]?.title,
      category: 'Callsight',
      ...(table[command]?.icon === undefined ? {} : { icon: table[command]?.icon }),
    }));
    const found = contributes.commands.toSorted((a, b) => (a.command < b.command ? -1 : 1));
    assert.deepEqual(found, expected);
  });

  it('hides in the palette what the table hides, under the same condition', () => {
    const expected = Object.entries<CommandEntry>(commands)
      .filter(([, { palette }]) => palette !== 'always')
      .map(([command, { palette }]) => ({
        command,
        when: palette === 'never' ? 'false' : palette,
      }));
    const found = contributes.menus['commandPalette'] ?? [];
    const byCommand = (a: Menu, b: Menu): number => (a.command < b.command ? -1 : 1);
    assert.deepEqual(found.toSorted(byCommand), expected.toSorted(byCommand));
  });

  it('puts only known commands in menus, keys, welcome texts and the walkthrough', () => {
    const texts = [
      ...contributes.viewsWelcome.map(({ contents }) => contents),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(step => step.description)),
    ];
    const linked = texts.flatMap(text =>
      [...text.matchAll(/\(command:([\w.]+)[?)]/g)].map(match => match[1] ?? ''),
    );
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(
      item => item.command,
    );
    const unknown = [...linked, ...used].filter(command => !ids.includes(command));
    assert.deepEqual(unknown, []);
    assert.ok(linked.length > 0 && used.length > 0);
  });

  it('has the views of the table', () => {
    assert.deepEqual(
      Object.fromEntries(contributes.views.callsight.map(({ id, name }) => [id, { name }])),
      views,
    );
  });

  it('has the settings of the table with type, default and values', () => {
    const expected = Object.fromEntries(
      Object.entries<SettingEntry>(settings).map(([name, entry]) => [`callsight.${name}`, entry]),
    );
    const found = Object.fromEntries(
      Object.entries(contributes.configuration.properties).map(([name, property]) => [
        name,
        {
          type: property.type,
          default: property.default,
          ...(property.enum === undefined ? {} : { enum: property.enum }),
        },
      ]),
    );
    assert.deepEqual(found, expected);
  });

  it('names pictures that are there', () => {
    const pictures = [
      icon,
      ...contributes.viewsContainers.activitybar.map(container => container.icon),
      ...contributes.views.callsight.map(view => view.icon).filter(name => !name.startsWith('$(')),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(step => step.media.svg)),
    ];
    assert.deepEqual(
      pictures.filter(picture => !fs.existsSync(path.resolve(picture))),
      [],
    );
  });
});
