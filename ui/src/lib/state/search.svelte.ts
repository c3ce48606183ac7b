// Search: the field's query, the facets, the answer. Every keystroke asks; answers that were overtaken are dropped.
import type { Hit, PastHit, PastReply, SearchReply, StatusWord } from "../ipc/bindings";
import { call, type HostError, toHostError } from "../ipc/client";
import { markedWords } from "../model/marks";
import { markableWords, type Query, queryText, takeTokens } from "../model/query";
import { type Facets as FacetLists, wholeQuery } from "../model/views";
import { frame } from "./frame.svelte";
import { git } from "./git.svelte";
import { navigation, type Place } from "./navigation.svelte";
import { Reader } from "./reader.svelte";
import { workspace } from "./workspace.svelte";

const LIMIT = 60;
const EMPTY: Query = { tokens: [], text: "" };

export interface Facets extends FacetLists {
  readonly statuses: readonly StatusWord[];
}

const NO_FACETS: Facets = { statuses: [], tags: [], scopes: [], years: [], has: [] };

/** Records as they are, or commits that took words out of them. */
export type SearchTab = "records" | "commits";

class Search {
  #query = $state.raw<Query>(EMPTY);
  #facets = $state.raw<Facets>(NO_FACETS);
  #tab = $state<SearchTab>("records");
  #reply = $state.raw<SearchReply | null>(null);
  #pastReply = $state.raw<PastReply | null>(null);
  #pastIndex = $state(0);
  #error = $state.raw<HostError | null>(null);
  #activePath = $state<string | null>(null);
  #ticket = 0;
  /** Counts the back end's word that it is further: an answer that was on its way then is older than it. */
  #moves = 0;
  /** Where the user was before searching; Esc goes back there. */
  #from: Place | null = null;
  /** The screen that is left may be asking about unsaved work; further keystrokes must not ask again. */
  #entering = false;

  /** The hit that is previewed. */
  readonly preview = new Reader();

  readonly hits: readonly Hit[] = $derived(this.#reply?.hits ?? []);
  readonly pastHits: readonly PastHit[] = $derived(this.#pastReply?.hits ?? []);
  readonly activeIndex = $derived(this.#tab === "commits" ? Math.min(this.#pastIndex, this.pastHits.length - 1) : this.hits.findIndex((hit) => hit.path === this.#activePath));
  readonly active = $derived(this.#tab === "records" ? (this.hits[this.activeIndex] ?? null) : null);
  readonly hasFacets = $derived(Object.values(this.#facets).some((list: readonly unknown[]) => list.length > 0));
  readonly isEmpty = $derived(queryText(this.#query) === "" && !this.hasFacets);

  get query(): Query {
    return this.#query;
  }
  get facets(): Facets {
    return this.#facets;
  }
  /** The question with its facets as one query: what a view keeps. */
  get whole(): string {
    return wholeQuery(queryText(this.#query), this.#facets);
  }
  get tab(): SearchTab {
    return this.#tab;
  }
  get reply(): SearchReply | null {
    return this.#reply;
  }
  get pastReply(): PastReply | null {
    return this.#pastReply;
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

  show(tab: SearchTab): void {
    if (tab === this.#tab) return;
    this.#tab = tab;
    this.#pastIndex = 0;
    void this.preview.open(null);
    void this.#ask();
  }

  moveTo(index: number): void {
    if (this.#tab === "commits") {
      this.#pastIndex = Math.max(0, Math.min(this.pastHits.length - 1, index));
      this.#previewPast();
      return;
    }
    const hit = this.hits[Math.max(0, Math.min(this.hits.length - 1, index))];
    if (!hit) return;
    this.#activePath = hit.path;
    void this.preview.open(hit.path);
  }

  /** Opens a hit in the Library, to be read; a record that is not there any more, as it stood before the commit. */
  async open(index: number): Promise<void> {
    if (this.#tab === "commits") {
      const past = this.pastHits[index];
      if (past) await this.#openPast(past);
      return;
    }
    const hit = this.hits[index];
    if (hit && (await navigation.go({ screen: "library", path: hit.path, words: this.wordsOf(hit) }))) frame.wantReader();
  }

  /** What is marked in a hit's text: the words typed, and the forms of them that were found. */
  wordsOf(hit: Hit | null): readonly string[] {
    const typed = markableWords(this.#reply?.corrected ?? this.#query.text);
    return hit ? [...typed, ...markedWords([{ text: hit.title, marks: hit.title_marks }, ...hit.snippets.map((one) => one.text)])] : typed;
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

  /** The back end can find more: an answer that was not whole may be now. */
  indexMoved(): void {
    this.#moves += 1;
    if (this.#isPartial) this.refresh();
  }

  get #isPartial(): boolean {
    return this.#tab === "commits" ? (this.#pastReply?.building ?? false) : (this.#reply?.pending ?? 0) > 0;
  }

  reset(): void {
    this.#ticket += 1;
    this.#query = EMPTY;
    this.#facets = NO_FACETS;
    this.#tab = "records";
    this.#reply = null;
    this.#pastReply = null;
    this.#pastIndex = 0;
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

  #previewPast(): void {
    const hit = this.pastHits[this.activeIndex];
    void this.preview.open(hit?.path ?? null, hit ? before(hit) : null);
  }

  async #openPast(hit: PastHit): Promise<void> {
    const isHere = workspace.byPath.has(hit.path);
    if (!isHere) this.#error = await workspace.goBack(before(hit));
    if (this.#error === null) await navigation.go({ screen: "library", path: hit.path });
  }

  async #ask(): Promise<void> {
    const ticket = ++this.#ticket;
    const moves = this.#moves;
    if (this.isEmpty) {
      this.#reply = null;
      this.#pastReply = null;
      this.#error = null;
      void this.preview.open(null);
      return;
    }
    try {
      if (this.#tab === "commits") await this.#askPast(ticket);
      else await this.#askRecords(ticket);
      if (ticket === this.#ticket && moves !== this.#moves && this.#isPartial) this.refresh();
    } catch (thrown) {
      if (ticket !== this.#ticket) return;
      this.#error = toHostError(thrown);
    }
  }

  async #askRecords(ticket: number): Promise<void> {
    const { statuses, tags, scopes, years, has } = this.#facets;
    const request = { query: queryText(this.#query), limit: LIMIT, status: [...statuses], tags: [...tags], scopes: [...scopes], years: [...years], has: [...has], me: me() };
    const reply = await call("search", { request });
    if (ticket !== this.#ticket) return;
    this.#reply = reply;
    this.#error = null;
    if (this.activeIndex < 0) this.moveTo(0);
    if (reply.hits.length === 0) void this.preview.open(null);
  }

  async #askPast(ticket: number): Promise<void> {
    const request = { query: queryText(this.#query), limit: LIMIT, status: [], tags: [], scopes: [], years: [], has: [], me: me() };
    const reply = await call("search_past", { request });
    if (ticket !== this.#ticket) return;
    this.#pastReply = reply;
    this.#error = null;
    this.#previewPast();
  }
}

/** Who asks, for `is:mine`. */
const me = () => git.status?.author ?? null;

/** The revision in which the words of a hit still stood. */
const before = (hit: PastHit) => `${hit.commit}~1`;

export const search = new Search();
