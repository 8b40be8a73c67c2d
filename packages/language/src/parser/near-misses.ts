/** What was probably meant, told from the characters around the place where a text stops to make sense. */
import { mostLike } from '@camelc/diagnostics';

/** The wrong word in its surroundings. */
export interface Spot {
  text: string;
  /** The offsets of the word. */
  start: number;
  end: number;
  /** Phrases of token names that could stand there. */
  expected: readonly string[];
  /** Whether the block could have ended or gone on with another member. */
  memberExpected: boolean;
  /** The phrases with which members of the blocks around it begin. */
  members: readonly string[];
  /** The keyword that stands right before it, if one does. */
  keyword?: string;
  /** Whether the value behind the keyword or sign is a text. */
  takesText: (keyword: string) => boolean;
}

/** What to say, and how it can be mended: by another text for the marked part, which is the wrong word unless an offset is given. */
export interface NearMiss {
  message: string;
  help: string;
  start?: number;
  end?: number;
  replacement?: string;
}

type Rule = (spot: Spot) => NearMiss | undefined;

const name = /^[A-Za-z_]\w*$/;
const quoted = /^(["'])([^]*)\1$/;
const wordOf = ({ text, start, end }: Spot): string => text.slice(start, end);
const lineBefore = ({ text, start }: Spot): string => text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
const identifierOf = (words: string): string => words.replaceAll(/\W+/g, '_');

/** All around the place that no blank, bracket or quote parts from it; empty where one stands there. */
export function runAt(text: string, offset: number): { run: string; from: number; to: number } {
  const from = offset - /[^\s{}[\](),;"'=]*$/.exec(text.slice(Math.max(0, offset - 200), offset))![0].length;
  const to = offset + /^[^\s{}[\](),;"'=]*/.exec(text.slice(offset, offset + 200))![0].length;
  return to === offset ? { run: '', from: offset, to } : { run: text.slice(from, to), from, to };
}

/** What to say of a text that is no name. */
export const withoutQuotes = (run: string): { message: string; help: string; replacement: string } => ({
  message: `\`${run.slice(0, 60)}\` needs quotes`,
  help: 'a text without quotes is one name',
  replacement: `'${run}'`,
});

const decimalComma: Rule = (spot) => {
  const { text, start, expected, memberExpected } = spot;
  const [whole] = /\d+$/.exec(text.slice(Math.max(0, start - 30), start)) ?? [];
  const [decimals] = /^\d+/.exec(text.slice(start + 1, start + 30)) ?? [];
  if (wordOf(spot) !== ',' || !whole || !decimals || !(memberExpected || expected.includes('EMBEDDED'))) return undefined;
  const marked = { start: start - whole.length, end: start + 1 + decimals.length };
  return { message: `\`${whole},${decimals}\` is no number`, help: 'write the decimals behind a point', replacement: `${whole}.${decimals}`, ...marked };
};

const separator: Rule = (spot) => {
  const word = wordOf(spot);
  return spot.memberExpected && /^[;,]$/.test(word) ? { message: `\`${word}\` cannot stand between members`, help: 'nothing stands between them', replacement: '' } : undefined;
};

/** As in other notations. */
const signBehindKeyword: Rule = (spot) => {
  const { text, end, keyword, expected } = spot;
  const word = wordOf(spot);
  if (keyword === undefined || !/^[:=]$/.test(word) || expected.includes('{')) return undefined;
  const replacement = /\s/.test(text[end] ?? ' ') ? '' : ' ';
  return { message: `\`${word}\` cannot stand behind \`${keyword}\``, help: `what \`${keyword}\` is about follows it after a blank`, replacement };
};

const comment: Rule = (spot) => {
  const { text, start } = spot;
  const [sign] = /^(#+|--+(?![->]))/.exec(text.slice(start, start + 80)) ?? [];
  if (sign && lineBefore(spot).trim() === '') {
    return { message: `\`${sign}\` begins no comment`, help: 'comments begin with `//`, or stand between `/*` and `*/`', end: start + sign.length, replacement: '//' };
  }
  const line = text.slice(start, start + 500).split(/[\r\n]/, 1)[0]!;
  const close = line.indexOf('*/');
  if (close < 0 || line.lastIndexOf('/*', close) >= 0) return undefined;
  const marked = { start: start + close, end: start + close + 2 };
  return { message: 'this `*/` closes nothing', help: 'a comment ends with its first `*/`, and comments do not nest', ...marked };
};

const valueTypes = ['int', 'float', 'double', 'string', 'boolean'];
function typeOfLiteral(literal: string): string | undefined {
  if (quoted.test(literal)) return 'string';
  if (/^\d+$/.test(literal)) return 'int';
  if (/^\d*\.\d/.test(literal)) return 'double';
  return literal === 'true' || literal === 'false' ? 'boolean' : undefined;
}

const typeOfValue: Rule = (spot) => {
  const { text, start, memberExpected } = spot;
  const literal = wordOf(spot);
  const type = memberExpected ? typeOfLiteral(literal) : undefined;
  const before = /[:[(,]\s*(?<word>[A-Za-z]*)(?<blank>\s*)$/.exec(text.slice(Math.max(0, start - 100), start))?.groups;
  if (!type || !before || valueTypes.includes(before['word']!)) return undefined;
  const { word = '', blank = '' } = before;
  const said = quoted.test(literal) ? 'this text' : `\`${literal}\``;
  if (word === '') return { message: `the type of ${said} is missing`, help: `write \`${type}\` before it`, replacement: `${type} ${literal}` };
  const from = start - blank.length - word.length;
  const meant = mostLike(word, valueTypes, (t) => t) ?? type;
  return { message: `\`${word}\` is no type of a value`, help: `did you mean \`${meant}\`?`, start: from, end: from + word.length, replacement: meant };
};

const numberInQuotes: Rule = (spot) => {
  const [, , content = ''] = quoted.exec(wordOf(spot)) ?? [];
  const wanted = spot.expected.some((phrase) => /^(INT|DECIMAL)\b/.test(phrase));
  return wanted && /^\d+(\.\d+)?$/.test(content) ? { message: 'a number has no quotes', help: `write \`${content}\``, replacement: content } : undefined;
};

const nameInQuotes: Rule = (spot) => {
  const [, , content] = quoted.exec(wordOf(spot)) ?? [];
  const { expected } = spot;
  if (content === undefined || !expected.every((phrase) => /^(NAME|ID)\b/.test(phrase))) return undefined;
  const mended = identifierOf(content);
  return name.test(mended)
    ? { message: 'a name has no quotes', help: `write \`${mended}\``, replacement: mended }
    : { message: 'a name has no quotes', help: 'it has letters, digits and `_` only' };
};

const textWithoutQuotes: Rule = (spot) => {
  const { text, start, expected, memberExpected, takesText } = spot;
  const { run, from, to } = runAt(text, start);
  const [, keyword = ''] = /([\w-]+(?=\s)|[[,])\s*$/.exec(text.slice(Math.max(0, from - 60), from)) ?? [];
  const isText = memberExpected || /^[[,]$/.test(keyword) ? run.length > wordOf(spot).length && takesText(keyword) : expected.includes('STRING') && !expected.includes('EMBEDDED');
  if (!isText || run === '' || name.test(run)) return undefined;
  const end = /^["']/.test(text.slice(to)) ? to + 1 : to;
  return { ...withoutQuotes(run), start: from, end };
};

/** A name, or a path, with a sign in it that no name has. */
const signInName: Rule = (spot) => {
  const { run, from, to } = runAt(spot.text, spot.start);
  if (!/^[A-Za-z_]\w*[^\w\s]/.test(run) || !/^[-/\\:@$%&#!?*+]/.test(wordOf(spot)) || from === spot.start || spot.expected.includes('EMBEDDED')) return undefined;
  const isPath = /^[\w.]+(::?|[/\\])\w/.test(run);
  const mended = isPath ? run.replaceAll(/::?|[/\\]/g, '.') : run.replace(/\W+$/, '').replaceAll(/[^\w.]+/g, '_');
  const help = isPath ? 'the names of a path stand with `.` between them' : 'a name that is declared has letters, digits and `_` only';
  return { message: `\`${run.slice(0, 60)}\` is no name`, help, start: from, end: to, ...(/^\w+(\.\w+)*$/.test(mended) && { replacement: mended }) };
};

/** Of the phrase that begins a member, the last word: the parser took it for the name. */
const lastWordOfPhrase: Rule = (spot) => {
  const before = lineBefore(spot).trimEnd();
  for (const phrase of spot.members) {
    const words = phrase.split(' ');
    const written = before.split(/\s+/).slice(-words.length);
    const last = words.pop()!;
    const wrong = written.pop()!;
    if (words.length === 0 || words.some((word, i) => word !== written[i]) || mostLike(wrong, [last], (word) => word) === undefined || wrong === last) continue;
    const start = spot.start - (lineBefore(spot).length - before.length) - wrong.length;
    return { message: `there is no \`${[...written, wrong].join(' ')}\``, help: `did you mean \`${phrase}\`?`, start, end: start + wrong.length, replacement: last };
  }
  return undefined;
};

const twoWords: Rule = (spot) => {
  const { text, start, end, expected } = spot;
  const [, first = ''] = /([A-Za-z_]\w*)[ \t]+$/.exec(lineBefore(spot)) ?? [];
  if (expected.join() !== '{' || !first || !name.test(wordOf(spot)) || !/^\s*\{/.test(text.slice(end, end + 80))) return undefined;
  const joined = `${first}_${wordOf(spot)}`;
  return { message: 'a name is one word', help: `write \`${joined}\``, start: start - lineBefore(spot).length + lineBefore(spot).lastIndexOf(first), replacement: joined };
};

const comparisons: Readonly<Record<string, string>> = { '=<': '<=', '=>': '>=', '=': '==', '!=': '<>' };
const comparison: Rule = ({ text, start, expected }) => {
  const [sign = ''] = /^[=!<>]+/.exec(text.slice(start, start + 4)) ?? [];
  const meant = comparisons[sign];
  if (!meant || !expected.includes(meant)) return undefined;
  return { message: `\`${sign}\` is no comparison`, help: `did you mean \`${meant}\`?`, end: start + sign.length, replacement: meant };
};

const power: Rule = (spot) => {
  const { text, start, expected } = spot;
  return wordOf(spot) === '*' && text[start - 1] === '*' && expected.includes('FORMULA_NAME')
    ? { message: '`**` is no operator', help: 'did you mean `^`?', start: start - 1, replacement: '^' }
    : undefined;
};

/** A sign in the place of the one that has to stand there. */
const otherSign: Rule = (spot) => {
  const [only = '', ...others] = spot.expected;
  const word = wordOf(spot);
  return others.length === 0 && /^[:,[({]$/.test(only) && /^[=;:[({]$/.test(word)
    ? { message: `\`${only}\` has to stand here, not \`${word}\``, help: `replace it by \`${only}\``, replacement: only }
    : undefined;
};

const rules: readonly Rule[] = [
  comment,
  decimalComma,
  separator,
  signBehindKeyword,
  typeOfValue,
  numberInQuotes,
  nameInQuotes,
  textWithoutQuotes,
  signInName,
  lastWordOfPhrase,
  twoWords,
  comparison,
  power,
  otherSign,
];

/** The first that fits. */
export function nearMiss(spot: Spot): NearMiss | undefined {
  for (const rule of rules) {
    const found = rule(spot);
    if (found) return found;
  }
  return undefined;
}
