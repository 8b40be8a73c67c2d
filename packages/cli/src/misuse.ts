/** What is wrong with a command line, in words of our own. */
import type { CommanderError } from 'commander';
import { nearest } from '@camelc/diagnostics';

/**
 * @param verbs all that there are
 * @param words the command line
 */
export function describeMisuse(error: CommanderError, verbs: string[], words: readonly string[]): string {
  const isHelp = error.code === 'commander.help';
  const [, unknown] = error.code === 'commander.unknownCommand' ? (/'(.*?)'/.exec(error.message) ?? []) : [];
  const verb = isHelp && words[0] === 'help' ? words[1] : unknown;
  if (isHelp && verb === undefined) return `name a verb: ${verbs.join(', ')}`;
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
