// How a repository is called where two of the same name must be told apart. Pure.

/** Who it belongs to: the part before its name in the address of a remote, else the folder that it lies in. */
export function ownerOf(root: string, remotes: readonly string[]): string | null {
  for (const url of remotes) {
    const owner = /[/:]([^/:]+)\/[^/]+?\/?$/.exec(url.replace(/^\w+:\/\/[^/]*/, ""))?.[1];
    if (owner && !url.startsWith("/") && !url.startsWith("file:")) return owner;
  }
  return parentOf(root);
}

/** Name of the folder around it. */
export function parentOf(path: string): string | null {
  return path.split(/[/\\]/).filter((part) => part !== "").at(-2) ?? null;
}
