import { createCamelServices, diagnosticsOf, loadModels, standardLibrary, type SourceFile } from '@camelc/language';
import type { Diagnostic } from '@camelc/diagnostics';
import { CstUtils, DocumentState, GrammarAST, URI, type LeafCstNode } from 'langium';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { randomOf } from '../random.js';

const shared = path.resolve(import.meta.dirname, '../../../shared');
const corpus = path.join(shared, 'corpus');

/** The application models of each folder; the other files are its template models. */
const applications: Record<string, readonly string[]> = {
  'camel-2.5': ['FCRwithDataLocality.camel'],
  'camel-3.0': ['CRM.camel', 'CRMFull.camel', 'PeopleFlow.camel', 'Scalarm.camel'],
  'camel-3.0-serverless': ['Example.camel'],
};

/** What the template models do that breaks a rule: two regions are declared twice, with different parents. */
const templateFaults = new Set(['model/region-again', 'model/repeated', 'reference/annotation']);

const read = (folder: string, file: string): SourceFile => ({ path: `${folder}/${file}`, text: readFileSync(path.join(corpus, folder, file), 'utf8') });
const filesOf = (folder: string): string[] => readdirSync(path.join(corpus, folder)).filter((f) => f.endsWith('.camel'));
const shown = (d: Diagnostic): string => `${d.place!.file}:${d.place!.range.start.line + 1} ${d.code} ${d.message}`;
const errorsOf = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.filter((d) => d.severity === 'error').map(shown);

const { shared: services, Camel } = existsSync(corpus) ? createCamelServices(standardLibrary()) : ({} as ReturnType<typeof createCamelServices>);
function syntaxOf(text: string): { leaves: LeafCstNode[]; errors: Diagnostic[]; offsetOf: (d: Diagnostic) => number } {
  const document = services.workspace.LangiumDocumentFactory.fromString(text, URI.parse('memory:/a.camel'));
  document.state = DocumentState.Validated;
  const leaves = CstUtils.flattenCst(document.parseResult.value.$cstNode!)
    .filter((l) => !l.hidden)
    .toArray();
  const errors = diagnosticsOf(document, Camel).filter((d) => d.code.startsWith('syntax/') || d.code === 'model/twice');
  return { leaves, errors, offsetOf: (d) => document.textDocument.offsetAt(d.place!.range.start) };
}

describe.skipIf(!existsSync(corpus))('the corpus', () => {
  for (const [folder, models] of Object.entries(applications)) {
    for (const file of filesOf(folder)) {
      test(`${folder}/${file} has no syntax error`, () => expect(syntaxOf(read(folder, file).text).errors.map(shown)).toEqual([]));
    }
    const templates = filesOf(folder).filter((f) => !models.includes(f));
    test(`the template models of ${folder} break no rule but those known`, async () => {
      const { diagnostics } = await loadModels(templates.map((f) => read(folder, f)));
      expect(diagnostics.filter((d) => !templateFaults.has(d.code)).map(shown)).toEqual([]);
    });
    for (const model of models) {
      test(`${folder}/${model} links with the template models of its folder`, async () => {
        const { diagnostics } = await loadModels([model, ...templates].map((f) => read(folder, f)));
        expect(errorsOf(diagnostics)).toEqual([]);
      });
      test(`${folder}/${model} links with the standard library`, async () => {
        const { diagnostics } = await loadModels([read(folder, model)]);
        expect(errorsOf(diagnostics)).toEqual([]);
      });
    }
  }
});

/** Ways to spoil one token. `undefined`: not this token. */
const corruptions: Record<string, (leaf: LeafCstNode) => string | undefined> = {
  'a deleted opening brace': (l) => (l.text === '{' ? '' : undefined),
  'a misspelt keyword': (l) => (isKeyword(l) ? `${l.text.slice(0, -1)}q${l.text.at(-1)}` : undefined),
  'a dropped name': (l) => (isDeclaredName(l) ? '' : undefined),
  'a number for a name': (l) => (isDeclaredName(l) ? '12' : undefined),
  'a doubled name': (l) => (isDeclaredName(l) ? `${l.text} ${l.text}` : undefined),
  'a doubled brace': (l) => (l.text === '{' ? '{ {' : undefined),
  'a doubled keyword': (l) => (isKeyword(l) ? `${l.text} ${l.text}` : undefined),
};
const isKeyword = (l: LeafCstNode): boolean => GrammarAST.isKeyword(l.grammarSource) && /^\w/.test(l.text);
/** The name of an element with a body of its own, or of a port. */
const isDeclaredName = (l: LeafCstNode): boolean => /^[A-Za-z_]\w*$/.test(l.text) && !isKeyword(l) && ['{', 'port'].includes(beside(l, 1) ?? '');
const beside = (l: LeafCstNode, step: number): string | undefined => l.container?.content[l.container.content.indexOf(l) + step]?.text;

describe.skipIf(!existsSync(corpus))('one spoilt token', () => {
  const sources = [
    'camel-2.5/FCRwithDataLocality',
    'camel-3.0/CRM',
    'camel-3.0/PeopleFlow',
    'camel-3.0/Scalarm',
    'camel-3.0-serverless/Example',
    'camel-2.5/metric',
    'camel-3.0/unit',
  ];
  let refused = 0;
  for (const [i, source] of sources.entries()) {
    for (const [kind, spoil] of Object.entries(corruptions)) {
      test(`${kind} in ${source} is refused where it is`, () => {
        const text = readFileSync(path.join(corpus, `${source}.camel`), 'utf8');
        const { leaves } = syntaxOf(text);
        const random = randomOf(31 * i + kind.length);
        const eligible = leaves.map((_, n) => n).filter((n) => spoil(leaves[n]!) !== undefined);
        for (let run = 0; run < Math.min(8, eligible.length); run++) {
          const n = eligible[Math.floor(random() * eligible.length)]!;
          const leaf = leaves[n]!;
          const spoilt = spoil(leaf)!;
          const { errors, offsetOf } = syntaxOf(text.slice(0, leaf.offset) + spoilt + text.slice(leaf.end));
          const where = `${source} line ${leaf.range.start.line + 1}: ${leaf.text} → ${spoilt || 'nothing'}: ${errors.map(shown).join('; ')}`;
          expect(errors.length, where).toBeGreaterThan(0);
          // At the token, or at the one before or after it.
          const from = leaves[Math.max(0, n - 1)]!.offset;
          const to = leaves[Math.min(leaves.length - 1, n + 1)]!.end + spoilt.length - leaf.length;
          expect(offsetOf(errors[0]!), where).toBeGreaterThanOrEqual(from);
          expect(offsetOf(errors[0]!), where).toBeLessThanOrEqual(to);
          refused++;
        }
      });
    }
  }
  test('at least 200 were tried', () => expect(refused).toBeGreaterThanOrEqual(200));
});

describe.skipIf(!existsSync(corpus))('no input throws', () => {
  const texts = [read('camel-2.5', 'FCRwithDataLocality.camel'), read('camel-3.0-serverless', 'Example.camel'), read('camel-3.0', 'CRM.camel')].map((f) => f.text);
  const mutations: Record<string, (text: string, random: () => number) => string> = {
    'random characters': (text, random) => {
      const characters = [...text];
      for (let n = 0; n < 20; n++) characters[Math.floor(random() * characters.length)] = String.fromCharCode(Math.floor(random() * 256));
      return characters.join('');
    },
    'a truncation': (text, random) => text.slice(0, Math.floor(random() * text.length)),
    'swapped pieces': (text, random) => {
      const [a, b, c] = [random(), random(), random()].map((x) => Math.floor(x * text.length)).sort((x, y) => x - y) as [number, number, number];
      return text.slice(0, a) + text.slice(b, c) + text.slice(a, b) + text.slice(c);
    },
    'shuffled words': (text, random) =>
      text
        .split(/\s+/)
        .slice(0, 400)
        .sort(() => random() - 0.5)
        .join(' '),
  };
  for (const [name, mutate] of Object.entries(mutations)) {
    test(name, async () => {
      const random = randomOf(name.length);
      for (let run = 0; run < 100; run++) {
        const text = mutate(texts[run % texts.length]!, random);
        const { diagnostics } = await loadModels([{ path: 'a.camel', text }]);
        for (const d of diagnostics) {
          const { start, end } = d.place!.range;
          expect(start.line < end.line || (start.line === end.line && start.character <= end.character), shown(d)).toBe(true);
          expect(Number.isInteger(start.character) && start.character >= 0 && start.line >= 0, shown(d)).toBe(true);
        }
      }
    });
  }
});

const guidebook = path.join(shared, 'seeds/melodic-guidebook.txt');

describe.skipIf(!existsSync(guidebook))('the code of the guidebook', () => {
  /** The pieces of code: after the numbers of their lines, in one line, their comments running into what follows them. */
  const pieces = existsSync(guidebook)
    ? readFileSync(guidebook, 'utf8')
        .split('\n')
        .map((line) => /^1 2 3 [\d ]*\| (.*) \|$/.exec(line)?.[1])
        .filter((code) => code !== undefined)
    : [];
  /** Ends each comment where its line ended: what follows begins a member, or closes a block. */
  const withLineBreaks = (code: string): string =>
    comments.reduce((text, comment) => {
      expect(text).toContain(comment);
      return text.replace(comment, `${comment}\n`);
    }, code);
  const piece = (start: string): string => pieces.find((code) => code.startsWith(start))!;
  let comments: readonly string[] = [];

  async function errors(model: string): Promise<string[]> {
    const { diagnostics } = await loadModels([{ path: 'guidebook.camel', text: `camel model Guidebook { ${model} }` }]);
    return diagnostics.filter((d) => d.code.startsWith('syntax/') || d.code === 'model/twice').map(shown);
  }

  test('SmartDesign', async () => {
    comments = [
      '// reference to requiremens for this component',
      '// host entity the component will represent',
      '// port provided by component',
      '// port required by component',
      '// configuration block',
      '// mode (here Docker)',
      "// argument set, injected into the target host's environment",
      '// auth against private docker registry',
      "// defines membership in 'dynamic group' used for application-specific load balancing",
      '// Docker image',
      "// defines component as 'long running'",
    ];
    expect(await errors(`deployment model CRMDepModel { ${withLineBreaks(piece('software SmartDesign'))} }`)).toEqual([]);
  });
  test('its requirement set', async () => {
    comments = [
      '// hardware resource definitions',
      '// operating system',
      '// horizontal scaling requirements',
      '// resource type, e.g., public or private',
      '// target has to be within Europe',
    ];
    expect(await errors(`deployment model CRMDepModel { ${withLineBreaks(piece('requirements SmartDesignReqs'))} }`)).toEqual([]);
  });
  test('the requirement model', async () => {
    comments = [
      '// location requirement -> Europe',
      '// private resource',
      '// public resource (AWS, Azure etc.)',
      '// machine image, here Ubuntu',
      '// operating system type',
      '// hardware resources, such as CPU and RAM',
      '// SLO defining when to optimize the deployment (e.g., scaling)',
      '// scaling window, min and max instances',
      '// utility function reference --> evaluated whenever a machine/deployment is needed',
    ];
    expect(await errors(withLineBreaks(piece('requirement model CRM_Requirement')))).toEqual([]);
  });
  test('the utility', async () => expect(await errors(`metric model CRMMetricModel { ${piece('variable CostUtility')} }`)).toEqual([]));
  test('the constraint model', async () => expect(await errors(piece('constraint model CRMConstraintModel'))).toEqual([]));
});
