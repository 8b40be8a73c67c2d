import { byPosition } from '@camelc/diagnostics';
import {
  appendTo,
  block,
  isCall,
  isCamelModel,
  isCompositeUnit,
  isDeploymentModel,
  isFormula,
  isLibraryUri,
  isSubModel,
  isVariable,
  kindOf,
  symbolIndexOf,
  type CamelFile,
  type CamelModel,
  type CamelSymbol,
  type NewLines,
  type SubModel,
} from '@camelc/language';
import { AstUtils, UriUtils, type AstNode, type Reference, type ReferenceInfo } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import { CodeActionKind, TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { textEdit, touches, type Action, type Request, type Source } from './action.js';
import { stubs, subModels, type Stub, type SubModelType } from './stubs.js';

/** Creates what a name is to mean, where it should stand: in a sub-model of the right kind, which is created too where there is none. */
export const createElement: Source = {
  kinds: [CodeActionKind.QuickFix],
  actions: ({ document, range, diagnostics, services }: Request) =>
    document.references.flatMap((reference) => {
      const error = 'error' in reference ? reference.error : undefined;
      const place = reference.$refNode?.range;
      if (!error || !place || !touches(place, range)) return [];
      const about = diagnostics.filter((d) => String(d.code).startsWith('reference/') && byPosition(d.range.start, place.start) === 0);
      return about.length === 0 ? [] : stubsFor(error.info, services).flatMap((stub) => create(stub, error.info, services).map((action) => ({ ...action, diagnostics: about })));
    }),
};

function stubsFor(info: ReferenceInfo, services: LangiumServices): readonly Stub[] {
  const type = services.shared.AstReflection.getReferenceType(info);
  const owner = AstUtils.getContainerOfType(info.container, isFormula)?.$container;
  return (isCompositeUnit(owner) ? stubs['Unit'] : stubs[type]) ?? [];
}

/** @param below how many names stand after that of the new element in the path */
function create(stub: Stub, info: ReferenceInfo, services: LangiumServices, below = 0): Action[] {
  const path = info.reference.$refText.split('.');
  const [owners, created] = [path.slice(0, -1 - below), path.slice(-1 - below)];
  const name = created[0]!;
  const creation = new Creation(info.container, services);
  const target = stub.within === 'Component' ? creation.componentAt(owners) : creation.subModelAt(owners, stub.within);
  if (!target && stub.within === 'Component' && owners.length > 0) return create(componentWith(stub, name), info, services, 1);
  const lines = target && stub.lines(name, creation.surroundingsOf(target));
  const edit = lines && creation.edit(target, lines, created.join('.'), info.reference as Reference);
  if (!edit) return [];
  const { uri } = AstUtils.getDocument(target.holder);
  const elsewhere = uri.toString() === AstUtils.getDocument(info.container).uri.toString() ? '' : ` of ${UriUtils.basename(uri)}`;
  const where = target.isNew ? `in a new ${kindOf(target.type)} \`${target.name}\`` : `in \`${target.name}\``;
  return [{ title: `Create ${kindOf(stub.type)} \`${name}\` ${where}${elsewhere}`, kind: CodeActionKind.QuickFix, edit: () => edit }];
}

/** A component that is not there either. */
const componentWith = (port: Stub, name: string): Stub => ({
  type: 'Software',
  within: 'DeploymentModel',
  lines: (component, around) => block(`software ${component}`, port.lines(name, around) ?? []),
});

/** Where a new element goes. */
interface Target {
  type: string;
  name: string;
  /** The sub-model or component; the camel model of a new sub-model. */
  holder: AstNode;
  isNew: boolean;
  /** What to write before the name of the new element in the reference, where that differs. */
  prefix?: string;
}

class Creation {
  private readonly camelModel: CamelModel | undefined;
  private readonly own: SubModel | undefined;
  private readonly additions: { target: Target; lines: NewLines }[] = [];

  constructor(
    private readonly user: AstNode,
    private readonly services: LangiumServices,
  ) {
    this.camelModel = AstUtils.getContainerOfType(user, isCamelModel);
    this.own = AstUtils.getContainerOfType(user, isSubModel);
  }

  /** The sub-model of the kind that the path names; without a path its own, else another one, by whose name it is then called. */
  subModelAt(path: readonly string[], type: SubModelType): Target | undefined {
    if (path.length > 0) return this.namedSubModel(path, type);
    if (!this.camelModel) return undefined;
    if (this.own?.$type === type) return { type, name: this.own.name, holder: this.own, isNew: false };
    const other = this.camelModel.subModels.find((m) => m.$type === type && (m as AstNode) !== this.own);
    const target = other ? { type, name: other.name, holder: other, isNew: false } : this.newSubModel(type);
    const isBare = isVariable(this.user) || isCall(this.user);
    return target && { ...target, ...(!isBare && { prefix: `${target.name}.` }) };
  }

  private namedSubModel(path: readonly string[], type: SubModelType): Target | undefined {
    const models = this.allCamelModels();
    const found = models
      .flatMap((model) => model.subModels.map((holder) => ({ model, holder })))
      .find(({ model, holder }) => holder.$type === type && endsWith([model.name, holder.name], path));
    if (found) return { type, name: found.holder.name, holder: found.holder, isNew: false };
    const [name, modelName] = [path.at(-1)!, path.at(-2)];
    const model = modelName === undefined ? this.camelModel : path.length === 2 ? models.find((m) => m.name === modelName) : undefined;
    return model && subModels[type] && !model.subModels.some((m) => m.name === name) ? { type, name, holder: model, isNew: true } : undefined;
  }

  private newSubModel(type: SubModelType): Target | undefined {
    const name = subModels[type]?.[1];
    if (!name || !this.camelModel) return undefined;
    const taken = new Set(this.camelModel.subModels.map((m) => m.name));
    return { type, name: taken.has(name) ? `${name}2` : name, holder: this.camelModel, isNew: true };
  }

  /** The component that the path names. */
  componentAt(path: readonly string[]): Target | undefined {
    for (const model of this.allCamelModels()) {
      for (const subModel of model.subModels.filter(isDeploymentModel)) {
        const holder = subModel.components.find((c) => endsWith([model.name, subModel.name, c.name], path));
        if (holder && path.length > 0) return { type: holder.$type, name: holder.name, holder, isNew: false };
      }
    }
    return undefined;
  }

  /** Its own first. */
  private allCamelModels(): CamelModel[] {
    const documents = this.services.shared.workspace.LangiumDocuments.all.filter((d) => !isLibraryUri(d.uri)).toArray();
    const models = documents.flatMap((d) => (d.parseResult.value as CamelFile).models ?? []);
    return this.camelModel ? [this.camelModel, ...models.filter((m) => m !== this.camelModel)] : models;
  }

  surroundingsOf(target: Target) {
    return {
      user: this.user,
      holder: target.holder,
      first: (...types: string[]) => this.first(types, target),
      add: (type: SubModelType, lines: NewLines) => {
        const other = target.type === type ? target : this.subModelAt([], type);
        if (!other) return '';
        this.additions.push({ target: other, lines });
        return other === target ? '' : `${other.name}.`;
      },
    };
  }

  /** An element of the kinds as the new one refers to it: the nearest. */
  private first(types: readonly string[], target: Target): string | undefined {
    const camelModel = AstUtils.getContainerOfType(target.holder, isCamelModel)?.name;
    const symbols = symbolIndexOf(this.services.shared)
      .allTables(AstUtils.getDocument(target.holder).uri)
      .flatMap((table) => (table.symbols[0] && isLibraryUri(table.symbols[0].documentUri) ? [] : table.symbols.filter((s) => types.includes(s.type))));
    const inSubModel = (s: CamelSymbol): boolean => s.camelModel === camelModel && s.name.startsWith(`${target.name}.`);
    const nearest = symbols.find(inSubModel) ?? symbols.find((s) => s.camelModel === camelModel) ?? symbols[0];
    if (!nearest) return undefined;
    if (inSubModel(nearest)) return nearest.name.slice(target.name.length + 1);
    return nearest.camelModel === camelModel ? nearest.name : `${nearest.camelModel}.${nearest.name}`;
  }

  /** All that is inserted, and the reference as it is to be written; undefined where some block is not closed. */
  edit(target: Target, lines: NewLines, path: string, { $refNode }: Reference): WorkspaceEdit | undefined {
    const changes: Record<string, TextEdit[]> = {};
    for (const addition of merged([...this.additions, { target, lines }])) {
      const edit = appendTo(addition.target.holder, addition.lines);
      if (!edit) return undefined;
      (changes[AstUtils.getDocument(addition.target.holder).uri.toString()] ??= []).push(textEdit(edit));
    }
    if (target.prefix && $refNode) (changes[AstUtils.getDocument(this.user).uri.toString()] ??= []).push(TextEdit.replace($refNode.range, target.prefix + path));
    return { changes };
  }
}

const endsWith = (path: readonly string[], end: readonly string[]): boolean => end.every((name, i) => path.at(i - end.length) === name);

/** The lines of each block together; a new sub-model is written around its lines. */
function merged(additions: readonly { target: Target; lines: NewLines }[]): { target: Target; lines: NewLines }[] {
  const byTarget = new Map<string, { target: Target; lines: NewLines }>();
  for (const { target, lines } of additions) {
    const key = `${target.type} ${target.name}`;
    byTarget.set(key, { target, lines: [...(byTarget.get(key)?.lines ?? []), ...lines] });
  }
  return [...byTarget.values()].map(({ target, lines }) => ({
    target,
    lines: target.isNew ? block(`${subModels[target.type as SubModelType]![0]} ${target.name}`, lines) : lines,
  }));
}
