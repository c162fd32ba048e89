import {
  type CameraCells,
  emptyCameraCells,
  findDoubles,
  mostFileCameras,
  readEntryCells,
  readRecordCells,
} from '@commonsight/types/relay/camera-file';
import { expect, test } from 'vitest';
import { cameraTemplate, decodeCameraFile, readCameraFile, writeCameraFile } from './readCameraFile.ts';

const site = { latitude: 43.04, longitude: -87.91 };

function linesOf(text: string): CameraCells[] {
  const file = readCameraFile(text);
  if (file.problem !== null) throw new Error(file.problem);
  return file.lines;
}

function bytesOf(...bytes: number[]): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

function utf16(text: string, isLittleEndian: boolean): ArrayBuffer {
  const bytes = new ArrayBuffer(text.length * 2);
  const view = new DataView(bytes);
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), isLittleEndian);
  return bytes;
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

test('the template is right as it is', () => {
  const [line, ...others] = linesOf(cameraTemplate);
  expect(others).toEqual([]);
  const { entry } = readEntryCells(line ?? emptyCameraCells);
  const streams = { main: '/live/main', sub: '/live/sub' };
  expect(entry?.at).toEqual({ by: 'hand', host: '10.0.0.7', port: 554, streams });
  const { record } = readRecordCells(line ?? emptyCameraCells, site);
  expect(record).toMatchObject({ name: 'Main entrance', position: { latitude: 43.0395, longitude: -87.9065 } });
});

test.each([
  ['commas', ','],
  ['semicolons', ';'],
  ['tabs', '\t'],
])('cells with %s between them may hold the others', (_, sign) => {
  const name = 'Hall, north; "old"\tpart';
  const text = [
    ['Name', ' HOST', 'main '].join(sign),
    [quoted(name), '10.0.0.7', '/live'].join(sign),
    [quoted('Yard'), ' 10.0.0.8 ', quoted('/live')].join(sign),
  ].join('\r\n');
  expect(linesOf(`${text}\r\n`)).toEqual([
    { ...emptyCameraCells, name, host: '10.0.0.7', main: '/live' },
    { ...emptyCameraCells, name: 'Yard', host: '10.0.0.8', main: '/live' },
  ]);
});

test.each([
  ['Unix', '\n'],
  ['Windows', '\r\n'],
  ['old Macs', '\r'],
])('lines end as %s ends them, and empty ones count for nothing', (_, end) => {
  const lines = linesOf(['name,host', '', 'Hall,10.0.0.7', ' , ', 'Yard,10.0.0.8', '', ''].join(end));
  expect(lines.map(({ name }) => name)).toEqual(['Hall', 'Yard']);
});

test('a password keeps its spaces, quotes and commas, and everything else loses the space around it', () => {
  const password = ' p,"1";\t ';
  const [quotedLine, plainLine] = linesOf(
    `name,host,user,password\n Hall , 10.0.0.7 , viewer ,${quoted(password)}\nYard,10.0.0.8,viewer, p `,
  );
  expect(quotedLine).toMatchObject({ name: 'Hall', host: '10.0.0.7', user: 'viewer', password });
  expect(plainLine?.password).toBe(' p ');
});

test.each<[string, string]>([
  ['never ends', 'name,host\nRoof,10.0.0.6\n"Hall,10.0.0.7\nYard,10.0.0.8'],
  ['ends before its cell does', 'name,host\nRoof,10.0.0.6\n"Hall" north,10.0.0.7\nYard,10.0.0.8'],
])('a quotation mark that %s refuses the file and swallows no line of it', (_, text) => {
  expect(readCameraFile(text)).toEqual({
    lines: null,
    problem: expect.stringMatching(/quotation mark near camera 2 /),
  });
});

test('blank lines between cameras count for none of them', () => {
  const names = Array.from({ length: mostFileCameras }, (_, at) => `Camera ${String(at)}`);
  const lines = linesOf(['name,host', ...names.flatMap((name, at) => ['', `${name},cam${String(at)}`])].join('\n'));
  expect(lines.map(({ name }) => name)).toEqual(names);
});

test('text of more than a megabyte is refused, pasted or not', () => {
  expect(readCameraFile(`name,host\n${'Hall,10.0.0.7\n'.repeat(80_000)}`).problem).toContain('1 MB');
});

test.each([
  '=1+1',
  '+SUM(A1)',
  '-2+3',
  '@cmd',
  '=HYPERLINK("http://x.example","Click")',
  '\t=1+1',
  " =cmd|' /C calc'!A0",
])('a name that a spreadsheet computes is read as it is and refused: %j', (name) => {
  const [line = emptyCameraCells] = linesOf(`name,host,section\n${quoted(name)},10.0.0.7,${quoted(name)}`);
  expect(line.name).toBe(name.trim());
  const { record, problems } = readRecordCells(line, site);
  expect(record).toBeNull();
  expect(Object.keys(problems)).toEqual(['name', 'section']);
});

test('a line that is too short has empty cells, and empty cells too many are none', () => {
  expect(linesOf('name,host,main\nHall\nYard,10.0.0.8,/live,, ')).toEqual([
    { ...emptyCameraCells, name: 'Hall' },
    { ...emptyCameraCells, name: 'Yard', host: '10.0.0.8', main: '/live' },
  ]);
});

test('a password with a comma outside quotation marks is not cut: the file is refused', () => {
  expect(readCameraFile('name,host,user,password\nHall,10.0.0.7,viewer,a\nYard,10.0.0.8,viewer,p,1').problem).toMatch(
    /^Camera 2 has more cells than/,
  );
});

test('headings that name what every object has are unknown columns and reach nothing', () => {
  const hostile = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__parsed_extra'];
  const file = readCameraFile(`name,host,${hostile.join(',')}\nHall,10.0.0.7,a,b,c,d,e`);
  for (const heading of hostile) expect(file.problem).toContain(heading);
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  expect(readCameraFile('__proto__,constructor\na,b').problem).toContain('Missing: name, host');
});

test('a column that is there twice, or that is unknown, refuses the file with its heading', () => {
  expect(readCameraFile('name,host,NAME\nHall,10.0.0.7,Yard').problem).toContain('twice: name_1.');
  expect(readCameraFile('name,host,Model \nHall,10.0.0.7,X').problem).toContain('twice: Model.');
  expect(readCameraFile('name,host,\nHall,10.0.0.7,X').problem).toContain('one without a name');
});

test('columns without a heading and without cells are none', () => {
  expect(linesOf('name,host,,\nHall,10.0.0.7,, ')).toEqual([{ ...emptyCameraCells, name: 'Hall', host: '10.0.0.7' }]);
});

test('two cameras with one name are both read, and the second one is told', () => {
  const lines = linesOf('name,host\nHall,10.0.0.7\n HALL ,10.0.0.8\n__proto__,10.0.0.9\n__proto__,10.0.0.10');
  expect(lines).toHaveLength(4);
  expect(findDoubles(lines).map((problems) => Object.keys(problems))).toEqual([[], ['name'], [], ['name']]);
});

test.each<[string, string, RegExp]>([
  ['nothing', '', /Missing: name, host/],
  ['no heading', 'Hall,10.0.0.7\nYard,10.0.0.8', /Missing: name, host/],
  ['one column', 'host\n10.0.0.7', /Missing: name\./],
  ['a heading alone', 'name,host', /no camera/],
  ['empty lines alone', 'name,host\n,\n \n', /no camera/],
  ['a character that no text has', 'name,host\nHa\0ll,10.0.0.7', /no text/],
])('%s is no file of cameras', (_, text, words) => {
  expect(readCameraFile(text).problem).toMatch(words);
});

test.each<[string, (name: string) => string]>([
  ['plain', (name: string) => name],
  ['quoted', quoted],
])('as many cameras as a file may have are read, and ten thousand are refused (%s)', (_, write) => {
  const withLines = (count: number) => {
    const cameras = Array.from({ length: count }, (_, at) => `${write(`Camera ${String(at)}`)},cam${String(at)}`);
    return ['name,host', ...cameras, ''].join('\r\n');
  };
  const lines = linesOf(withLines(mostFileCameras));
  expect(lines).toHaveLength(mostFileCameras);
  expect(lines.at(-1)?.name).toBe(`Camera ${String(mostFileCameras - 1)}`);
  for (const count of [mostFileCameras + 1, 10_000]) {
    expect(readCameraFile(withLines(count)).problem).toContain(`at most ${String(mostFileCameras)}`);
  }
});

test('text is UTF-8 or UTF-16, with its mark or, in UTF-8, without', () => {
  const text = 'name,host\r\nZürich 東,10.0.0.7\r\n';
  const utf8 = [...new TextEncoder().encode(text)];
  for (const bytes of [
    bytesOf(...utf8),
    bytesOf(0xef, 0xbb, 0xbf, ...utf8),
    utf16(`\uFEFF${text}`, true),
    utf16(`\uFEFF${text}`, false),
  ]) {
    expect(decodeCameraFile(bytes)).toBe(text);
  }
  expect(linesOf(`\uFEFF${text}`)).toEqual([{ ...emptyCameraCells, name: 'Zürich 東', host: '10.0.0.7' }]);
});

test('no other encoding is taken for UTF-8', () => {
  const [start, end] = ['name,host\nZ', 'rich,10.0.0.7'].map((part) => [...new TextEncoder().encode(part)]);
  const windows1252 = bytesOf(...(start ?? []), 0xfc, ...(end ?? []));
  expect(decodeCameraFile(windows1252)).toBeNull();
  // Overlong: another way to write a slash, which no decoder may take.
  expect(decodeCameraFile(bytesOf(0xc0, 0xaf))).toBeNull();
});

test.each<[string, ArrayBuffer]>([
  ['UTF-16 without its mark', utf16('name,host\nHall,10.0.0.7', true)],
  ['UTF-16 without its mark, big end first', utf16('name,host\nHall,10.0.0.7', false)],
  ['a spreadsheet itself', bytesOf(0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00)],
])('%s is refused as no text', (_, bytes) => {
  expect(readCameraFile(decodeCameraFile(bytes) ?? '').problem).toMatch(/no text/);
});

test('what is written is read again as it was, without passwords', () => {
  const lines: CameraCells[] = [
    {
      ...emptyCameraCells,
      id: '0196e4f1-6b6a-7c3e-8d2f-1a2b3c4d5e6f',
      name: 'The "old"\nhall, north; part',
      section: "Visitors' entrance",
      host: '10.0.0.7',
      main: '/live?a=1,b="2"',
      user: 'a;b',
      password: 'correct horse',
      longitude: '-87.9065',
    },
    { ...emptyCameraCells, name: 'Zürich 東', host: 'cam.local', password: '"correct horse"' },
  ];
  const text = writeCameraFile(lines);
  expect(text).not.toContain('correct');
  expect(linesOf(text)).toEqual(lines.map((line) => ({ ...line, password: '' })));
});

test('what a spreadsheet would compute is written so that it does not, and read again as it was', () => {
  const hostile = ['=HYPERLINK("http://x.example")', '@cmd', '+1', '-2+3'];
  const text = writeCameraFile(hostile.map((name) => ({ ...emptyCameraCells, name, longitude: '-87.9065' })));
  expect(text).not.toMatch(/(?:^|[,"])[=@+]|-2\+3,/m);
  expect(text).toContain(`"'-2+3"`);
  expect(text).toContain(',-87.9065,');
  expect(linesOf(text).map(({ name, longitude }) => [name, longitude])).toEqual(
    hostile.map((name) => [name, '-87.9065']),
  );
});
