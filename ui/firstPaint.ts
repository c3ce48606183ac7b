// What has to be read before anything is on the screen: the entry and all that it imports at once. The build fails when that grows
// over its budget, or when the editor or the diagrams slip in.
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

const MOST_BYTES = 250 * 1024;
/** Names all parts of a library, of which the first screen needs few: those come by who uses them. */
const LISTS_ALL = /bits-ui\/dist\/bits\/index\.js/;
const LATER = /node_modules\/(@codemirror|@lezer|mermaid|highlight\.js)\//;

/** All of it in one file: the window is asked for each file by itself, one after another. */
export function together(): Rolldown.CodeSplittingGroup {
  let first: Set<string> | null = null;
  return { name: (id, graph) => ((first ??= importedBy(fileURLToPath(new URL("src/main.ts", import.meta.url)), graph)).has(id) ? "first" : null) };
}

/** A module with all that it imports at once, by their names. */
function importedBy(entry: string, graph: Rolldown.ChunkingContext): Set<string> {
  const seen = new Set<string>();
  const wanted = [entry];
  for (let id = wanted.pop(); id !== undefined; id = wanted.pop()) {
    if (seen.has(id) || LISTS_ALL.test(id)) continue;
    seen.add(id);
    wanted.push(...(graph.getModuleInfo(id)?.importedIds ?? []));
  }
  return seen;
}

export function firstPaint(): Plugin {
  return {
    name: "first-paint",
    generateBundle(_, bundle) {
      const wanted = Object.values(bundle).filter((file) => file.type === "chunk" && file.isEntry).map((file) => file.fileName);
      const seen = new Set<string>();
      let bytes = 0;
      for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
        const file = bundle[name];
        if (seen.has(name) || file?.type !== "chunk") continue;
        seen.add(name);
        wanted.push(...file.imports);
        bytes += gzipSync(file.code).length;
        const early = file.moduleIds.find((id) => LATER.test(id));
        if (early !== undefined) this.error(`${early} is read before the first paint, by ${name}: import() it where it is used`);
      }
      const size = `${(bytes / 1024).toFixed(0)} KB of JavaScript (gzip) before the first paint, at most ${String(MOST_BYTES / 1024)}`;
      if (bytes > MOST_BYTES) this.error(size);
      this.info(size);
    },
  };
}
