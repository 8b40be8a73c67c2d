import { isCompositeCstNode, isLeafCstNode, type CompositeCstNode, type CstNode, GrammarAST } from 'langium';
import type { LayoutRules, Role } from './layout-rules.js';

/** A token, a whole text with its quotes, or a comment; with what the layout needs to know of its place. */
export interface Piece {
  text: string;
  start: number;
  end: number;
  comment?: 'line' | 'block';
  /** Of a block comment, the white space that begins its line. */
  indent?: string;
  /** Whether a member of a block begins here. */
  startsMember: boolean;
  /** Whether a clause begins here, of an element that has blocks in its clauses. */
  startsClause?: boolean;
  role?: Role;
  /** How many line breaks stand before it, back to the piece before. */
  breaks: number;
  /** Of its first and last character; counted from 0. */
  line: number;
  endLine: number;
}

/** Takes the text of a tree without syntax errors apart, comments included. */
export function piecesOf(root: CompositeCstNode, text: string, { roles, memberStarts, clauseStarts }: LayoutRules): Piece[] {
  const pieces: Piece[] = [];
  let end = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 0;
  let breaks = 0;

  function add(start: number, to: number, more: Partial<Piece> = {}): void {
    const image = text.slice(start, to);
    const firstLine = line;
    if (more.comment === 'block' || /^["']/.test(image)) line += lineBreaks(image);
    pieces.push({ text: image, start, end: to, startsMember: false, breaks, line: firstLine, endLine: line, ...more });
    end = to;
    breaks = 0;
  }

  /** Goes on to `start`, over white space and comments. */
  function skipTo(start: number): void {
    while (end < start) {
      gap.lastIndex = end;
      const found = gap.exec(text)![0];
      if (found.startsWith('//')) add(end, end + found.length, { comment: 'line' });
      else if (found.startsWith('/*')) add(end, end + found.length, { comment: 'block', indent: indentAt(text, end) });
      else {
        const passed = lineBreaks(found);
        line += passed;
        breaks += passed;
        end += found.length;
      }
    }
  }

  function visit(node: CompositeCstNode): void {
    let open = node === root ? 1 : 0;
    const clauses: number[] = [];
    for (const child of node.content) {
      if (child.hidden) continue;
      const role = roles.get(child.grammarSource!);
      if (role === 'close') open--;
      const startsMember = open > 0 && memberStarts.has(child.grammarSource!);
      if (role === 'open') open++;
      if (isLeafCstNode(child) || isFormula(child)) {
        skipTo(child.offset);
        if (clauseStarts.has(child.grammarSource!)) clauses.push(pieces.length);
        add(child.offset, child.end, { startsMember, role });
      } else if (isCompositeCstNode(child)) {
        skipTo(child.offset);
        const first = pieces.length;
        visit(child);
        if (startsMember) pieces[first]!.startsMember = true;
      }
    }
    if (clauses.length > 0 && pieces.slice(clauses[0]).some((p) => p.role === 'open')) for (const i of clauses) pieces[i]!.startsClause = true;
  }

  visit(root);
  skipTo(text.length);
  return pieces;
}

const gap = /\s+|\/\/[^\n\r]*|\/\*[\s\S]*?\*\//y;

const indentAt = (text: string, at: number): string => /^[^\S\r\n]*/.exec(text.slice(Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1, at))![0];

/** The tokens inside a formula stay as they are. */
const isFormula = ({ grammarSource }: CstNode): boolean => GrammarAST.isRuleCall(grammarSource) && grammarSource.rule.ref?.name === 'Formula';

export function lineBreaks(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) count++;
  }
  return count;
}
