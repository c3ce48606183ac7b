// What has to be read before anything is on the screen: the entry and all that it imports at once. The build fails when that grows
// over its budget, or when the editor or the diagrams slip in.
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const MOST_BYTES = 250 * 1024;
const LATER = /node_modules\/(@codemirror|@lezer|mermaid|highlight\.js)\//;

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
