// Search: the field's query, the facets, the answer. Every keystroke asks; answers that were overtaken are dropped.
import type { Hit, SearchReply, StatusWord } from "../ipc/bindings";
import { call, type HostError, toHostError } from "../ipc/client";
import { type Query, queryText, takeTokens } from "../model/query";
import { frame } from "./frame.svelte";
import { navigation, type Place } from "./navigation.svelte";
import { Reader } from "./reader.svelte";

const LIMIT = 60;
const EMPTY: Query = { tokens: [], text: "" };

export interface Facets {
  readonly statuses: readonly StatusWord[];
  readonly tags: readonly string[];
  readonly scopes: readonly string[];
}

const NO_FACETS: Facets = { statuses: [], tags: [], scopes: [] };

class Search {
  #query = $state.raw<Query>(EMPTY);
  #facets = $state.raw<Facets>(NO_FACETS);
  #reply = $state.raw<SearchReply | null>(null);
  #error = $state.raw<HostError | null>(null);
  #activePath = $state<string | null>(null);
  #ticket = 0;
  /** Where the user was before searching; Esc goes back there. */
  #from: Place | null = null;
  /** The screen that is left may be asking about unsaved work; further keystrokes must not ask again. */
  #entering = false;

  /** The hit that is previewed. */
  readonly preview = new Reader();

  readonly hits: readonly Hit[] = $derived(this.#reply?.hits ?? []);
  readonly activeIndex = $derived(this.hits.findIndex((hit) => hit.path === this.#activePath));
  readonly active = $derived(this.hits[this.activeIndex] ?? null);
  readonly hasFacets = $derived(Object.values(this.#facets).some((list: readonly string[]) => list.length > 0));
  readonly isEmpty = $derived(queryText(this.#query) === "" && !this.hasFacets);

  get query(): Query {
    return this.#query;
  }
  get facets(): Facets {
    return this.#facets;
  }
  get reply(): SearchReply | null {
    return this.#reply;
  }
  get error(): HostError | null {
    return this.#error;
  }

  /** Text of the field changed. */
  type(text: string): void {
    this.#query = takeTokens({ tokens: this.#query.tokens, text });
    this.#enter();
    void this.#ask();
  }

  removeToken(index: number): void {
    this.#query = { ...this.#query, tokens: this.#query.tokens.filter((_, at) => at !== index) };
    void this.#ask();
  }

  narrow(facets: Partial<Facets>): void {
    this.#facets = { ...this.#facets, ...facets };
    void this.#ask();
  }

  clearFilters(): void {
    this.#facets = NO_FACETS;
    this.#query = { tokens: [], text: this.#query.text };
    void this.#ask();
  }

  /** Takes the spelling that the index knows. */
  correct(text: string): void {
    this.#query = { ...this.#query, text };
    void this.#ask();
  }

  /** Starts a search from elsewhere (the palette). */
  start(text: string): void {
    this.#facets = NO_FACETS;
    this.#query = EMPTY;
    this.type(text);
  }

  moveTo(index: number): void {
    const hit = this.hits[Math.max(0, Math.min(this.hits.length - 1, index))];
    if (!hit) return;
    this.#activePath = hit.path;
    void this.preview.open(hit.path);
  }

  /** Opens a hit in the Library, to be read. */
  async open(index: number): Promise<void> {
    const hit = this.hits[index];
    if (hit && (await navigation.go({ screen: "library", path: hit.path }))) frame.wantReader();
  }

  /** Back to where the search began; the query is kept for the next time. */
  async leave(): Promise<void> {
    if (navigation.screen !== "search") return;
    await navigation.go(this.#from ?? { screen: "library", path: null });
  }

  /** Records changed: the same question may have another answer. */
  refresh(): void {
    if (navigation.screen === "search") void this.#ask();
  }

  reset(): void {
    this.#ticket += 1;
    this.#query = EMPTY;
    this.#facets = NO_FACETS;
    this.#reply = null;
    this.#error = null;
    this.#from = null;
    this.#activePath = null;
    void this.preview.open(null);
  }

  #enter(): void {
    if (navigation.screen === "search" || this.#entering) return;
    this.#entering = true;
    this.#from = navigation.place;
    void navigation.go({ screen: "search", path: null }).finally(() => (this.#entering = false));
  }

  async #ask(): Promise<void> {
    const ticket = ++this.#ticket;
    if (this.isEmpty) {
      this.#reply = null;
      this.#error = null;
      void this.preview.open(null);
      return;
    }
    const { statuses, tags, scopes } = this.#facets;
    try {
      const request = { query: queryText(this.#query), limit: LIMIT, status: [...statuses], tags: [...tags], scopes: [...scopes] };
      const reply = await call("search", { request });
      if (ticket !== this.#ticket) return;
      this.#reply = reply;
      this.#error = null;
      if (this.activeIndex < 0) this.moveTo(0);
      if (reply.hits.length === 0) void this.preview.open(null);
    } catch (thrown) {
      if (ticket !== this.#ticket) return;
      this.#error = toHostError(thrown);
    }
  }
}

export const search = new Search();
