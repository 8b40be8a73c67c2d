/** What is wrong with a command line, in words of our own. */
import type { CommanderError } from 'commander';
import { nearest } from '@camelc/diagnostics';

/** @param verbs all that there are */
export function describeMisuse(error: CommanderError, verbs: string[]): string {
  if (error.code === 'commander.help') return `name a verb: ${verbs.join(', ')}`;
  const [, verb] = error.code === 'commander.unknownCommand' ? (/'(.*?)'/.exec(error.message) ?? []) : [];
  if (verb === undefined)
    return (
      error.message
        .replace(/^error: /, '')
        .replace(/\n/g, ' ')
        // What may hold a credential is not repeated.
        .replace(/(option '--(?:var|secret) [^']*') argument '.*' is invalid/, '$1 is invalid')
        .replace(/(unknown option '[^'=]*)=.*'/, "$1'")
        .replace(/ is invalid\. (.)/, (_, first: string) => ` is invalid: ${first.toLowerCase()}`)
        .replace(/\.$/, '')
    );
  const near = nearest(verb, verbs);
  return `there is no verb \`${verb}\`; ${near ? `did you mean \`${near}\`?` : `the verbs are ${verbs.join(', ')}`}`;
}
