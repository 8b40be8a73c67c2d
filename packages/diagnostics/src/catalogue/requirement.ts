import { entry, type Entry } from '../entry.js';

const resource = (text: string): string => `camel model Shop { requirement model R { resource requirement Big { ${text} } } }`;
const units = 'UnitTemplateCamelModel.UnitTemplateModel';
const measured = (unit: string): string => `measurable attribute a${unit} template T${unit} { attribute a${unit} unit ${units}.${unit} } raw metric ${unit} { template T${unit} }`;
const memory = '[MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.RAM.TotalMemory]';

/** What resource requirements ask of a host, and in which units. */
export const requirement = {
  'unit/mismatch': entry<{ unit: string; attribute: string; expected: string }>({
    severity: 'error',
    message: ({ unit, attribute }) => `${unit} do not measure ${attribute}`,
    help: ({ expected }) => `use ${expected}`,
    fix: 'writes the usual unit of the attribute',
    explanation: 'The unit of a requirement must measure what the attribute is: information for memory and storage, frequency for a CPU frequency.',
    example: resource(`attribute ram ${memory} : [int 4 ${units}.Seconds`),
  }),
  'unit/implausible': entry<{ value: number; unit: string; attribute: string; little: boolean; meant?: string }>({
    severity: 'warning',
    message: ({ value, unit, attribute, little }) =>
      `${value} ${unit}${unit && ' of '}${attribute}: ${value < 0 ? 'no machine has less than none' : `hardly any machine has ${little ? 'so little' : 'that'}`}`,
    help: ({ meant, value }) => (meant ? `probably ${value} ${meant} was meant` : undefined),
    fix: 'writes the unit that was probably meant',
    explanation: 'The value is valid, but so far from what machines have that the unit is probably wrong.',
    example: resource(`attribute ram ${memory} : [int 8192 ${units}.GigaBytes`),
  }),
  'unit/formula': entry<{ left: string; right: string; isScale: boolean }>({
    severity: 'warning',
    message: ({ left, right, isScale }) => (isScale ? `${left} and ${right} stand together without conversion` : `${left} and ${right} cannot be added or compared`),
    help: ({ isScale }) => (isScale ? 'convert one of them with a factor' : 'weigh each with a number, or divide it by what it is usually'),
    explanation:
      'The values of metrics and variables are in the units of their templates, and formulas do not convert them. What is added, subtracted or compared must measure the same in the same unit. A factor that is a number may stand for a weight or a conversion, so nothing is said of what it multiplies.',
    example: `camel model Shop { metric model M { ${measured('Seconds')} ${measured('MegaBytes')} variable V { template TSeconds formula 'Seconds + MegaBytes' } } }`,
  }),
  'unit/result': entry<{ name: string; found: string; said: string }>({
    severity: 'warning',
    message: ({ name, found, said }) => `the formula of \`${name}\` gives ${found}, its template says ${said}`,
    help: () => 'use a template of that unit, or convert the value with a factor',
    explanation: 'The value of a formula is in the unit of the template of its metric or variable.',
    example: `camel model Shop { metric model M { ${measured('Seconds')} ${measured('MegaBytes')} composite metric C { template TMegaBytes formula 'mean(Seconds)' } } }`,
  }),
  'requirement/guessed': entry<{ attribute: string; name: string }>({
    severity: 'hint',
    message: ({ attribute, name }) => `\`${name}\` is taken as ${attribute}, by its name`,
    help: () => 'annotate the attribute to say so',
    fix: 'annotates the attribute with what it is taken as',
    explanation:
      'What an attribute means comes from its annotation. Without one it is told from its name and unit: names with core or CPU are cores, with RAM or memory memory, with storage or disk storage, with frequency the CPU frequency.',
    example: resource('attribute minRam : int 4'),
  }),
  'requirement/exact': entry<{ name: string; value: string }>({
    severity: 'hint',
    message: ({ name, value }) => `\`${name}\` asks for exactly ${value}`,
    help: () => 'write an interval such as `[int 4` for at least 4',
    fix: 'makes the value a minimum',
    explanation: 'A plain value of an attribute that is no minimum or maximum is met only by machines that have just that value.',
    example: resource(`attribute ram ${memory} : int 8 ${units}.GigaBytes`),
  }),
  'requirement/not-a-bound': entry<{ name: string; attribute: string }>({
    severity: 'error',
    message: ({ name, attribute }) => `\`${name}\` bounds ${attribute}, but its value is no number`,
    help: () => 'give an int or a double',
    explanation: 'Cores, memory, storage and frequency are numbers.',
    example: resource("attribute minCores : string 'four'"),
  }),
  'requirement/duplicate': entry<{ attribute: string; bound: string; other: string }>({
    severity: 'error',
    message: ({ attribute, bound, other }) => `the ${bound} of ${attribute} is said twice, here and by \`${other}\``,
    help: () => 'keep one of them',
    fix: 'removes the later attribute',
    explanation: 'One resource requirement says each bound of an attribute once.',
    example: resource('attribute minCores : int 2 attribute minCpu : int 4'),
  }),
  'requirement/contradiction': entry<{ attribute: string; name: string; other: string }>({
    severity: 'warning',
    message: ({ attribute, name, other }) => `no machine can have ${attribute} as both \`${other}\` and \`${name}\` want`,
    help: () => 'a minimum is at most the maximum',
    explanation: 'The bounds that two attributes of one requirement set have nothing in common, so no candidate meets them.',
    example: resource('attribute minCores : int 8 attribute maxCores : int 4'),
  }),
} satisfies Record<string, Entry<never>>;
