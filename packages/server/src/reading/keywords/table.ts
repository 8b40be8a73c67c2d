/** What the keywords of each rule of the grammar do, in a sentence. Keywords that follow each other are one phrase. */
export type KeywordTable = Readonly<Record<string, Readonly<Record<string, string>>>>;
