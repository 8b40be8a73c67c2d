import { kindOf, nameOf, qualifiedNameOf } from '@camelc/language';
import type { AstNode } from 'langium';

/** What an element says of itself in words. */
export function wordsOf(node: AstNode): string[] {
  const { displayName, description } = node as { displayName?: string; description?: string };
  return [displayName, description].filter((text): text is string => text !== undefined && text !== '');
}

/** What an element is, and what it says of itself; for completion. */
export const documentationOf = (node: AstNode): string => [nameOf(node) && `${kindOf(node.$type)} \`${qualifiedNameOf(node)}\``, ...wordsOf(node)].filter(Boolean).join('\n\n');
