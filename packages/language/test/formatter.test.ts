import { describe, expect, it, test } from 'vitest';
import { formatSource } from '../src/index.js';
import { formatted, twoSpaces } from './formatted.js';

/** The lines of a deployment model, formatted; without the indentation that they have there. */
const inDeployment = (members: string): string => {
  const text = formatted(`camel model M { deployment model D {\n${members}\n}\n}`)!;
  return text
    .split('\n')
    .slice(2, -3)
    .map((line) => line.replace(/^ {4}/, ''))
    .join('\n');
};

describe('blocks', () => {
  it('have a member a line, and their braces at the ends', () =>
    expect(inDeployment('software Web{requirements R required host H\nscript configuration S\n{\ninstall "a" start "b" } longLived}')).toBe(
      'software Web {\n  requirements R\n  required host H\n  script configuration S {\n    install "a"\n    start "b"\n  }\n  longLived\n}',
    ));
  it('stay on one line where they are and fit', () => {
    expect(inDeployment('requirements R{resource Q.A  os Q.B}')).toBe('requirements R { resource Q.A os Q.B }');
    expect(inDeployment('requirements R{\nresource Q.A }')).toBe('requirements R {\n  resource Q.A\n}');
    const long = 'x'.repeat(82);
    expect(inDeployment(`requirements R { resource Q.${long}ABCD }`)).toHaveLength(116);
    expect(inDeployment(`requirements R { resource Q.${long}ABCDE }`)).toBe(`requirements R {\n  resource Q.${long}ABCDE\n}`);
  });
  it('have no empty inside', () => {
    expect(inDeployment('software A {\n\n}')).toBe('software A {}');
    expect(inDeployment('software A { // none\n}')).toBe('software A { // none\n}');
  });
  it('are parted by one blank line at most, where there is one', () =>
    expect(inDeployment('\n\nsoftware A { }\nsoftware B { }\n\n\n\nsoftware C {\n\n longLived\n\n }\n\n')).toBe('software A {}\nsoftware B {}\n\nsoftware C {\n  longLived\n}'));
});

describe('communications', () => {
  it('stand on one line', () => expect(inDeployment('communication C from\nA.b to\nB.c req\nR.d')).toBe('communication C from A.b to B.c req R.d'));
  it('with configurations of ports have a line for each', () => {
    const right = [
      'communication C from A.b to B.c',
      "  provided port script configuration P { start 'a' }",
      '  // the other side',
      '  required port script configuration Q {',
      "    start 'b'",
      '  }',
      '  req R.d // needed',
      'software A {}',
    ].join('\n');
    expect(inDeployment(right)).toBe(right);
    expect(inDeployment(right.replace(/\n +(provided|req) /g, ' $1 '))).toBe(right);
  });
});

describe('lists', () => {
  const names = (n: number): string[] => Array.from({ length: n }, (_, i) => `Component${i}`);
  it('stand on one line if they fit', () =>
    expect(inDeployment('coupling C {\ntype same-host software [ A,B\n, C ]\n}')).toBe('coupling C {\n  type same-host\n  software [A, B, C]\n}'));
  it('have an item a line otherwise', () => expect(inDeployment(`parallel P [${names(12).join(', ')}]`)).toBe(`parallel P [\n  ${names(12).join(',\n  ')}\n]`));
  it('of one long item stay on the line', () => {
    const line = `parallel P [${'X'.repeat(140)}]`;
    expect(inDeployment(line)).toBe(line);
  });
  it('hold blocks', () => {
    const model = (list: string) => `camel model M {\n  data type model T {\n    data A {\n${list}\n    }\n  }\n}\n`;
    const right = model('      includes data [\n        data B {\n          source S\n        },\n        data C { source S }\n      ]');
    expect(formatted(right)).toBe(right);
    expect(formatted(right.replace(/\[\s+/, '[').replace('},\n', '} ,'))).toBe(right);
    const flat = model('      includes data [data B { source S }]');
    expect(formatted(flat)).toBe(flat);
  });
});

describe('comments', () => {
  const stay = (members: string): void => expect(inDeployment(members)).toBe(members);
  it('stay at the end of their line', () => stay('software A { // one\n  longLived // two\n} // three\n// four'));
  it('stay on lines of their own', () => stay('// one\n\n// two\nsoftware A {\n  // three\n  longLived\n\n  // four\n}\n\n// five'));
  it('stay before what they lead', () => stay('/* one */ software A {}'));
  it('stay between words', () => stay('software /* one */ A /* two */ {}'));
  it('stay in lists', () => stay('parallel P [ // first\n  A, // second\n  // third\n  B,\n  /* fourth */ C\n  // last\n]'));
  it('move no comma', () => stay('parallel P [\n  A // first\n  , B\n]'));
  it('indent what goes on after them', () => {
    stay('required // why\n  host H'.replace('required', 'software A {\n  required').replace('  host H', '    host H\n}'));
    stay('software A // why\n{\n  longLived\n}');
  });
  it('move with their first line, and their stars below each other', () => {
    expect(inDeployment('\t\t\t/* a\n\t\t\t     b\n\n\tc */\n\t\tsoftware A {}')).toBe('/* a\n     b\n\nc */\nsoftware A {}');
    expect(inDeployment('/* a\nb */\nsoftware A {}')).toBe('/* a\nb */\nsoftware A {}');
    expect(formatted('camel model M {\n\t\t/**\n\t\t* a  \n\t\t*/\n}')).toBe('camel model M {\n  /**\n   * a\n   */\n}\n');
  });
  it('stay at both ends of the file', () => {
    const text = '// first\n\n/* second */\ncamel model M {}\n\n// last\n';
    expect(formatted(`\n\n${text}\n\n`)).toBe(text);
  });
});

describe('words', () => {
  const inFeature = (member: string): string => /\{\n {4}(.*)\n {2}\}/.exec(formatted(`camel model M { action A {\n${member}\n} }`)!)![1]!;
  it.each([
    ['attribute a[X . Y ,Z]:int 1 Unit', 'attribute a [X.Y, Z] : int 1 Unit'],
    ['attribute a:[ int - 1,int 4 ]U . V [ T ] description[ "d" ]', 'attribute a : [int -1, int 4] U.V [T] description ["d"]'],
    ['attribute a:(int 1', 'attribute a : (int 1'],
    ['attribute a:,int 1 ]', 'attribute a : , int 1]'],
    ['attribute formula:int 1', 'attribute formula : int 1'],
    ["attribute a:string'x   y'", "attribute a : string 'x   y'"],
    ['attribute a [incl . B] : int 1', 'attribute a [incl .B] : int 1'],
  ])('%s', (source, result) => expect(inFeature(source)).toBe(result));

  const inMetrics = (member: string): string => formatted(`camel model M { metric model X {\n${member}\n} }`)!.split('\n')[2]!.trim();
  it('of formulas stay as they are written', () => {
    expect(inMetrics("variable v {formula:('1+ 2')}")).toBe("variable v { formula: ('1+ 2') }");
    expect(inMetrics("variable v {formula '1+2'}")).toBe("variable v { formula '1+2' }");
    expect(inMetrics("variable v {formula : 'a +'}")).toBe("variable v { formula: 'a +' }");
  });
});

describe('the file', () => {
  it('keeps its line ends, in texts as they are', () =>
    expect(formatted("camel model M {\r\ndescription 'a\n  b'\r\n\r\n\r\n// c\r\n}")).toBe("camel model M {\r\n  description 'a\n  b'\r\n\r\n  // c\r\n}\r\n"));
  it('keeps its byte order mark', () => expect(formatted('\uFEFFcamel model M{}')).toBe('\uFEFFcamel model M {}\n'));
  it('may be indented by tabs or wider', () => {
    expect(formatted('camel model M {\naction A {\n}\n}', { tabSize: 4, insertSpaces: false })).toBe('camel model M {\n\taction A {}\n}\n');
    expect(formatted('camel model M {\naction A {\n}\n}', { tabSize: 4, insertSpaces: true })).toBe('camel model M {\n    action A {}\n}\n');
  });
  it('may hold several models', () => expect(formatted('camel model M{}camel model N{}')).toBe('camel model M {}\ncamel model N {}\n'));
  it.each(['', '// nothing', 'camel model M {', 'camel model M { softwre A {} }', 'camel model M { § }', "camel model M { description 'open }"])(
    'is refused with broken syntax: %s',
    (text) => expect(formatted(text)).toBeUndefined(),
  );
});

test('the lines of a range alone change', () => {
  const text = 'camel model M {\naction A {\nfeature F {\n}\n\n\n\n   feature G {\n}}\n}\n\n';
  const range = (first: number, last: number): string => formatted(text, twoSpaces, { first, last })!;
  expect(range(1, 1)).toBe(text.replace('action', '  action'));
  expect(range(5, 7)).toBe(text.replace('\n\n\n\n   feature', '\n\n    feature'));
  expect(range(0, 10)).toBe(formatted(text));
});

test.each(['Bytes soft / Seconds', 'soft Bytes', 'a ) b', '1 + + (2'])("a formula with a mistake, '%s', stays as it is", (formula) => {
  const text = `camel model M {\n  unit model U {\n    composite unit X { formula '${formula}' }\n  }\n}\n`;
  expect(formatSource({ path: 'a.camel', text }).text).toBe(text);
  expect(formatSource({ path: 'a.camel', text: text.replace('X {', 'X   {') }).text).toBe(text);
});
