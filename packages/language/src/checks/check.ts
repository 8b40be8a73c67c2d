import { diagnose, type Code, type Diagnostic, type ParametersOf } from '@camelc/diagnostics';
import type { AstNode, Reference } from 'langium';
import type { CamelAstType } from '../generated/ast.js';
import { isLibraryUri } from '../library/uris.js';
import { placeOf } from '../place.js';

/** Reports a mistake at a node, or at the value of one of its properties. Quick fixes may be added to what it returns. */
export type Report = <C extends Code>(code: C, parameters: ParametersOf<C>, node: AstNode, property?: string, index?: number) => Diagnostic;

/** The checks of each metaclass. Each knows nothing of the others. */
export type Checks = { readonly [T in keyof CamelAstType]?: readonly ((node: CamelAstType[T], report: Report) => void)[] };

export function reporter(diagnostics: Diagnostic[]): Report {
  return (code, parameters, node, property, index) => {
    const diagnostic = diagnose(code, parameters, placeOf(node, property, index));
    diagnostics.push(diagnostic);
    return diagnostic;
  };
}

const isOfLibrary = ({ $nodeDescription }: Reference): boolean => $nodeDescription !== undefined && isLibraryUri($nodeDescription.documentUri);

/** What the reference means, unless that is in the standard library, which is right by itself and would have to be read. */
export const given = <T extends AstNode>(reference: Reference<T> | undefined): T | undefined =>
  !reference || isOfLibrary(reference) ? undefined : (reference.ref as T | undefined);

/** Whether the reference leads nowhere, which is a mistake of its own. */
export const isUnresolved = (reference: Reference): boolean => !isOfLibrary(reference) && reference.ref === undefined;
