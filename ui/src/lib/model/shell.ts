// Words in single quotes are safe in every shell of Unix and in git's own on Windows.

/** A word as a shell takes it, letter by letter. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) && !word.startsWith("-") ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
