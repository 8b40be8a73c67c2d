import { kindOf, nameOf, qualifiedNameOf } from '@camelc/language';
import type { AstNode } from 'langium';
import { AstNodeHoverProvider } from 'langium/lsp';

/** Says what an element is, where, and what it says of itself. */
export class CamelHoverProvider extends AstNodeHoverProvider {
  protected getAstNodeHoverContent(node: AstNode): string | undefined {
    if (!nameOf(node)) return undefined;
    const { description, displayName } = node as { description?: string; displayName?: string };
    return [`${kindOf(node.$type)} \`${qualifiedNameOf(node)}\``, displayName, description, excerptOf(node)].filter(Boolean).join('\n\n');
  }
}

const mostLines = 8;
/** The beginning of its declaration. */
function excerptOf(node: AstNode): string {
  const lines = (node.$cstNode?.text ?? '').split(/\r?\n/);
  const shown = lines.length > mostLines ? [...lines.slice(0, mostLines), '…'] : lines;
  const last = lines.at(-1)!;
  const indent = lines.length > 1 ? last.length - last.trimStart().length : 0;
  return ['```camel', ...shown.map((line, i) => (i > 0 && !line.slice(0, indent).trim() ? line.slice(indent) : line)), '```'].join('\n');
}
