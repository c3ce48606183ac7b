import { render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { flushSync } from "svelte";

import { prefs } from "../../lib/state/prefs.svelte";
import { navigation } from "../../lib/state/navigation.svelte";
import { expectAccessible } from "../../test/axe";
import { forgetHost, host } from "../../test/host";
import Body from "./Body.svelte";

const HTML = `<h2 id="r-context">Context</h2>
<p><a class="citation" data-path="docs/adr/0007-x.md" data-status="accepted" data-label="0007">ADR-0007</a> <a href="https://example.org/a">web</a> <a href="file:///etc/passwd">odd</a> <a href="#r-context">up</a></p>
<p><span class="remote-image" data-src="https://example.org/a.png">Map</span></p>
<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>
<pre><code class="language-nosuch">x &lt; y</code></pre>`;

let calls: ReturnType<typeof host>;
beforeEach(() => {
  navigation.reset();
  calls = host({ open_external: () => null });
});
afterEach(forgetHost);

it("makes the safe HTML alive and accessible", async () => {
  const { container } = render(Body, { html: HTML, path: "a.md" });
  expect(screen.getByRole("img", { name: "Accepted" })).toBeInTheDocument();
  expect(screen.getByRole("region", { name: /Table/ })).toContainElement(screen.getByRole("table"));
  expect(screen.getByRole("button", { name: "Copy code" })).toBeInTheDocument();
  expect(container.querySelector("img[src]")).toBeNull();
  await expectAccessible(container);
});

it("follows records and headings inside, the web outside, and nothing else", async () => {
  render(Body, { html: HTML, path: "a.md" });
  screen.getByRole("link", { name: /ADR-0007/ }).click();
  await vi.waitFor(() => expect(navigation.place.path).toBe("docs/adr/0007-x.md"));
  // A heading of the text itself is gone to where it is: the text may stand in a dialog or beside what is written.
  const { place } = navigation;
  const up = () => {
    screen.getByRole("link", { name: "up" }).click();
    expect(document.activeElement?.id).toBe("r-context");
    (document.activeElement as HTMLElement).blur();
  };
  up();
  up();
  expect(navigation.place).toBe(place);
  screen.getByRole("link", { name: "web" }).click();
  screen.getByRole("button", { name: "Open in browser" }).click();
  screen.getByRole("link", { name: "odd" }).click();
  await vi.waitFor(() => expect(calls).toHaveLength(2));
  expect(calls.map((call) => call.args)).toEqual([{ url: "https://example.org/a" }, { url: "https://example.org/a.png" }]);
});

it("sets numbers in mono, and leaves the record's own words in its face", () => {
  const { container } = render(Body, { html: '<p><a class="citation" data-path="a.md">ADR-0007</a> <a class="citation" data-path="b.md">0012</a> <a class="citation" data-path="c.md">the cache</a></p>', path: "x.md" });
  expect([...container.querySelectorAll("a.citation")].map((link) => link.classList.contains("number"))).toEqual([true, true, false]);
});

it("is made alive once in each theme", () => {
  const { container } = render(Body, { html: HTML, path: "docs/adr/0001-a.md" });
  const buttons = () => container.querySelectorAll("button").length;
  const before = buttons();
  expect(before).toBeGreaterThan(0);
  prefs.theme.value = "dark";
  flushSync();
  expect(buttons()).toBe(before);
  prefs.theme.value = "system";
});
