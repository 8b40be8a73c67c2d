/** Checks requests and answers against the published definition of the interface, which lies beside the project. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';

const folder = join(import.meta.dirname, '../../../../../../shared/reference/cloudiator');

/** Whether the definition is there. */
export const hasDefinition = existsSync(join(folder, 'swagger.yaml'));

type Schema = Record<string, unknown>;
interface Parameter {
  name: string;
  in: 'body' | 'path' | 'query';
  required?: boolean;
  schema?: Schema;
}
interface Operation {
  operationId: string;
  parameters?: (Parameter | { $ref: string })[];
  responses: Record<string, { schema?: Schema; $ref?: string }>;
}
interface Swagger {
  definitions: Record<string, Schema>;
  parameters: Record<string, Parameter>;
  responses: Record<string, { schema?: Schema; examples?: unknown }>;
  paths: Record<string, Record<string, Operation>>;
}

/** The example of a job in the definition's folder. */
export const jobExample = (): unknown => (parse(readFileSync(join(folder, 'examples/job.yaml'), 'utf8')) as { job: unknown }).job;

export class Definition {
  readonly #swagger = parse(readFileSync(join(folder, 'swagger.yaml'), 'utf8')) as Swagger;
  readonly #ajv = new Ajv({ strict: false, validateFormats: false, discriminator: true });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor() {
    const names = Object.keys(this.#swagger.definitions);
    this.#ajv.addSchema({ $id: 'strict', definitions: Object.fromEntries(names.map((name) => [name, this.#strictDefinition(name)])) });
  }

  /** The operation that a request means, and the values of its path. */
  operationOf(method: string, path: string): { id: string; values: Record<string, string> } | undefined {
    const steps = path.split('/');
    const candidates = Object.entries(this.#swagger.paths).flatMap(([template, methods]) => {
      const operation = methods[method.toLowerCase()];
      const wanted = template.split('/');
      if (!operation || wanted.length !== steps.length) return [];
      const fits = wanted.every((step, index) => (step.startsWith('{') ? steps[index] !== '' : step === steps[index]));
      const values = Object.fromEntries(wanted.flatMap((step, index) => (step.startsWith('{') ? [[step.slice(1, -1), decodeURIComponent(steps[index]!)]] : [])));
      return fits ? [{ id: operation.operationId, values, fixed: wanted.filter((step) => !step.startsWith('{')).length }] : [];
    });
    return candidates.sort((a, b) => b.fixed - a.fixed)[0];
  }

  /** What is wrong with a request: its body, or a parameter of its query that there is not. */
  faultsOfRequest(id: string, query: readonly string[], body: unknown): string[] {
    const parameters = (this.#operation(id).parameters ?? []).map((parameter) => ('$ref' in parameter ? this.#swagger.parameters[parameter.$ref.split('/').at(-1)!]! : parameter));
    const unknown = query.filter((name) => !parameters.some((parameter) => parameter.in === 'query' && parameter.name === name));
    const ofBody = parameters.find((parameter) => parameter.in === 'body');
    const faults = unknown.map((name) => `there is no parameter ${name}`);
    if (!ofBody) return body === undefined ? faults : [...faults, 'it has no body'];
    if (body === undefined) return ofBody.required ? [...faults, 'its body is missing'] : faults;
    return [...faults, ...this.#faults(ofBody.schema!, body)];
  }

  /** What is wrong with an answer. Errors that the operation does not list have the form of those that others list. */
  faultsOfAnswer(id: string, status: number, body: unknown): string[] {
    const listed = this.#operation(id).responses[status];
    if (!listed) return status >= 400 ? this.#faults({ $ref: '#/definitions/Error' }, body) : [`${status} is no answer of ${id}`];
    const { schema } = listed.$ref ? this.#swagger.responses[listed.$ref.split('/').at(-1)!]! : listed;
    if (!schema) return body === undefined ? [] : ['it has no body'];
    return this.#faults(schema, body);
  }

  /** What keeps a value from being one of a definition. */
  faultsOf(definition: string, value: unknown): string[] {
    return this.#faults({ $ref: `#/definitions/${definition}` }, value);
  }

  /** All examples that the definition gives: of definitions, whole or property by property, and of errors. */
  examples(): { of: string; value: unknown }[] {
    const { definitions, responses } = this.#swagger;
    const ofDefinitions = Object.entries(definitions).flatMap(([of, schema]) => {
      const { properties } = this.#flat(schema);
      const parts = Object.entries(properties).flatMap(([name, { example }]) => (example === undefined ? [] : [[name, example] as const]));
      return 'example' in schema ? [{ of, value: schema['example'] }] : parts.length ? [{ of, value: Object.fromEntries(parts) }] : [];
    });
    const ofErrors = Object.values(responses).flatMap(({ schema, examples }) => (schema && examples ? [{ of: nameIn(schema), value: examples }] : []));
    return [...ofDefinitions, ...ofErrors];
  }

  #operation(id: string): Operation {
    return Object.values(this.#swagger.paths)
      .flatMap((methods) => Object.values(methods))
      .find((operation) => operation.operationId === id)!;
  }

  #faults(schema: Schema, value: unknown): string[] {
    const key = JSON.stringify(schema);
    const validate = this.#validators.get(key) ?? this.#ajv.compile(this.#strict(schema));
    this.#validators.set(key, validate);
    return validate(value) ? [] : validate.errors!.map(({ instancePath, message, params }) => `${instancePath || 'the body'} ${message} ${JSON.stringify(params)}`);
  }

  /** A schema with references to the strict forms of definitions. */
  #strict(schema: Schema): Schema {
    if (schema['$ref']) return { $ref: `strict#/definitions/${nameIn(schema)}` };
    if (schema['items']) return { ...schema, items: this.#strict(schema['items'] as Schema) };
    return schema['properties'] || schema['allOf'] ? this.#closed(schema) : schema;
  }

  /** A definition that knows no more properties than it lists; one that others extend is one of these, as its discriminator says. */
  #strictDefinition(name: string): Schema {
    const schema = this.#swagger.definitions[name]!;
    const discriminator = schema['discriminator'] as string | undefined;
    if (discriminator) {
      const kinds = Object.entries(this.#swagger.definitions).filter(([, { allOf }]) =>
        ((allOf as Schema[] | undefined) ?? []).some((part) => part['$ref'] && nameIn(part) === name),
      );
      return {
        type: 'object',
        required: [discriminator],
        discriminator: { propertyName: discriminator },
        oneOf: kinds.map(([kind]) => ({ $ref: `strict#/definitions/${kind}` })),
      };
    }
    const closed = this.#closed(schema);
    const own = ((schema['allOf'] as Schema[] | undefined) ?? []).flatMap((part) =>
      part['$ref'] ? [this.#swagger.definitions[nameIn(part)]!['discriminator'] as string | undefined] : [],
    )[0];
    return own
      ? { ...closed, required: [...new Set([...(closed['required'] as string[]), own])], properties: { ...(closed['properties'] as object), [own]: { const: name } } }
      : closed;
  }

  #closed(schema: Schema): Schema {
    const { properties, required } = this.#flat(schema);
    if (!Object.keys(properties).length) return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== 'allOf'));
    return {
      type: 'object',
      required: [...new Set(required)],
      properties: Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, this.#strict(property)])),
      additionalProperties: false,
    };
  }

  /** The properties of a schema, with those of what it extends. */
  #flat(schema: Schema): { properties: Record<string, Schema>; required: string[] } {
    const extended = ((schema['allOf'] as Schema[] | undefined) ?? []).map((part) => this.#flat(part['$ref'] ? this.#swagger.definitions[nameIn(part)]! : part));
    return {
      properties: Object.assign({}, ...extended.map(({ properties }) => properties), schema['properties']) as Record<string, Schema>,
      required: [...extended.flatMap(({ required }) => required), ...((schema['required'] as string[] | undefined) ?? [])],
    };
  }
}

const nameIn = (reference: Schema): string => (reference['$ref'] as string).split('/').at(-1)!;
