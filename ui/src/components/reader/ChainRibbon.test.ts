import { render, screen } from "@testing-library/svelte";
import { afterEach, expect, it } from "vitest";

import type { ChainNode } from "../../lib/ipc/bindings";
import { decision } from "../../test/fixtures";
import { forgetHost } from "../../test/host";
import { openLog } from "../../test/window";
import ChainRibbon from "./ChainRibbon.svelte";

const node = (path: string, given: Partial<ChainNode> = {}): ChainNode => ({ path, label: path.slice(0, 4), title: path, status: "accepted", from: null, to: null, role: "decided", ...given });

afterEach(forgetHost);

it("draws nothing solid but what is in force", async () => {
  await openLog([decision({ path: "0001.md", in_force: false, superseded_by: ["0002.md"] }), decision({ path: "0002.md" })]);
  render(ChainRibbon, { chain: [node("0001.md"), node("0002.md")], current: "0001.md", go: () => undefined });
  expect(screen.getAllByRole("img").map((glyph) => glyph.getAttribute("aria-label"))).toEqual(["Superseded", "Accepted"]);
  expect(screen.getByText("Superseded")).toBeInTheDocument();
});
