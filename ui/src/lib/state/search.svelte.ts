// Search: the field's query, the facets, the answer. Every keystroke asks; answers that were overtaken are dropped.
import type { DecisionSummary, Hit, PastHit, PastReply, SearchOrder, SearchReply, SearchRequest, StatusWord } from "../ipc/bindings";
import { call, type HostError, toHostError } from "../ipc/client";
import { type BoundPath, boundPaths } from "../model/bound";
import { markedWords } from "../model/marks";
import { markableWords, type Query, queryText, respelled, takeTokens } from "../model/query";
import { type Facets as FacetLists, wholeQuery } from "../model/views";
import { frame } from "./frame.svelte";
import { git } from "./git.svelte";
import { navigation, type Place } from "./navigation.svelte";
import { Reader } from "./reader.svelte";
import { workspace } from "./workspace.svelte";

/** Hits that are asked for at first; twice as many each time the list comes to its end. */
const LIMIT = 60;
/** So far from the end the next ones are asked for. */
const NEAR = 10;
const EMPTY: Query = { tokens: [], text: "" };

export interface Facets extends FacetLists {
  readonly statuses: readonly StatusWord[];
}

/** A request that nothing narrows. */
const NOTHING = { status: [], tags: [], scopes: [], years: [], has: [], order: "relevance" as const };
const NO_FACETS: Facets = { statuses: [], tags: [], scopes: [], years: [], has: [] };

/** Records as they are, paths that they bind, or commits that took words out of them. */
export type SearchTab = "records" | "paths" | "commits";

/** A decision that binds a path; the first one of each path stands below its name. */
export interface PathRow {
  readonly glob: string;
  readonly first: boolean;
  readonly decision: DecisionSummary;
}

/** The count of another tab: asked for when the person rests, so that typing waits for nothing that is not shown. */
const PATHS_AFTER = 600;
/** Of a hit that came by typing, the preview: the next answer is never behind it. A hit that is gone to is shown at once. */
const PREVIEW_AFTER = 180;

class Search {
  #query = $state.raw<Query>(EMPTY);
  #facets = $state.raw<Facets>(NO_FACETS);
  #tab = $state<SearchTab>("records");
  #reply = $state.raw<SearchReply | null>(null);
  #pastReply = $state.raw<PastReply | null>(null);
  #pastIndex = $state(0);
  #order = $state<SearchOrder>("relevance");
  /** The same words without facets and tokens, asked when those leave nothing. */
  #unfiltered = $state.raw<SearchReply | null>(null);
  #bound = $state.raw<readonly BoundPath[] | null>(null);
  #pathIndex = $state(0);
  #pathsTimer: ReturnType<typeof setTimeout> | undefined;
  #previewTimer: ReturnType<typeof setTimeout> | undefined;
  #previewWords = $state.raw<readonly string[]>([]);
  #error = $state.raw<HostError | null>(null);
  #activePath = $state<string | null>(null);
  #ticket = 0;
  #limit = LIMIT;
  /** The question for more that is under way. */
  #growing: Promise<void> | null = null;
  /** Counts the back end's word that it is further: an answer that was on its way then is older than it. */
  #moves = 0;
  /** Where the user was before searching; Esc goes back there. */
  #from: Place | null = null;
  /** The screen that is left may be asking about unsaved work; further keystrokes must not ask again. */
  #entering = false;

  /** The hit that is previewed. */
  readonly preview = new Reader();

  /** What is marked in it. */
  get previewWords(): readonly string[] {
    return this.#previewWords;
  }

  readonly hits: readonly Hit[] = $derived(this.#reply?.hits ?? []);
  readonly pastHits: readonly PastHit[] = $derived(this.#pastReply?.hits ?? []);
  readonly pathRows: readonly PathRow[] = $derived((this.#bound ?? []).flatMap(({ glob, decisions }) => decisions.map((decision, at) => ({ glob, first: at === 0, decision }))));
  readonly activeIndex = $derived(this.#tab === "commits" ? Math.min(this.#pastIndex, this.pastHits.length - 1) : this.#tab === "paths" ? Math.min(this.#pathIndex, this.pathRows.length - 1) : this.hits.findIndex((hit) => hit.path === this.#activePath));
  readonly active = $derived(this.#tab === "records" ? (this.hits[this.activeIndex] ?? null) : null);
  /** The record that acts are about; commits have none of today. */
  readonly activeRecord: string | null = $derived(this.active?.path ?? (this.#tab === "paths" ? (this.pathRows[this.activeIndex]?.decision.path ?? null) : null));
  readonly facetCount = $derived(Object.values(this.#facets).reduce((sum, list: readonly unknown[]) => sum + list.length, 0));
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
  get order(): SearchOrder {
    return this.#order;
  }
  set order(order: SearchOrder) {
    this.#order = order;
    this.#activePath = null;
    this.#askAnew();
  }
  /** How many paths decisions bind that match; null while that is not known. */
  get paths(): number | null {
    return this.#bound?.length ?? null;
  }
  /** How many records the filters hide, where they leave none; null where nothing filters. */
  get hidden(): number | null {
    return this.#unfiltered?.total ?? null;
  }
  get error(): HostError | null {
    return this.#error;
  }

  /** Text of the field changed. */
  type(text: string): void {
    this.#query = takeTokens({ tokens: this.#query.tokens, text });
    this.#enter();
    this.#askAnew();
  }

  removeToken(index: number): void {
    this.#query = { ...this.#query, tokens: this.#query.tokens.filter((_, at) => at !== index) };
    this.#askAnew();
  }

  narrow(facets: Partial<Facets>): void {
    this.#facets = { ...this.#facets, ...facets };
    this.#askAnew();
  }

  clearFilters(): void {
    this.#facets = NO_FACETS;
    this.#query = { tokens: [], text: this.#query.text };
    this.#askAnew();
  }

  /** More of the same, where the list ends before all of it is shown. Done when they are there. */
  more(): Promise<void> {
    return this.#growing ?? this.#grow(this.#limit * 2);
  }

  /** All that was found, for who takes them along. */
  async fetchAll(): Promise<void> {
    const total = this.#answer?.total ?? 0;
    if (total > this.#limit) await this.#grow(total);
  }

  #grow(limit: number): Promise<void> {
    const answer = this.#answer;
    if (!answer || answer.hits.length >= answer.total) return Promise.resolve();
    this.#limit = limit;
    const growing = this.#ask().finally(() => {
      if (this.#growing === growing) this.#growing = null;
    });
    this.#growing = growing;
    return growing;
  }

  get #answer(): SearchReply | PastReply | null {
    return this.#tab === "commits" ? this.#pastReply : this.#tab === "records" ? this.#reply : null;
  }

  /** Takes the spelling that the index knows: only the words that are nowhere change. Facets that left nothing go. */
  correct(): void {
    const corrected = this.#reply?.corrected;
    if (!corrected) return;
    const query = respelled(this.#query, corrected);
    const leftNothing = this.#reply?.hits.length === 0 && (this.hidden ?? 0) > 0;
    if (leftNothing) this.#facets = NO_FACETS;
    this.#query = leftNothing ? { ...query, tokens: [] } : query;
    this.#askAnew();
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
    this.#pathIndex = 0;
    void this.preview.open(null);
    this.#askAnew();
  }

  moveTo(index: number): void {
    if (this.#tab === "paths") {
      this.#pathIndex = Math.max(0, Math.min(this.pathRows.length - 1, index));
      this.#look(this.pathRows[this.#pathIndex]?.decision.path ?? null);
      return;
    }
    if (this.#tab === "commits") {
      this.#pastIndex = Math.max(0, Math.min(this.pastHits.length - 1, index));
      this.#nearEnd(this.#pastIndex, this.pastHits.length);
      this.#previewPast();
      return;
    }
    const hit = this.hits[Math.max(0, Math.min(this.hits.length - 1, index))];
    if (!hit) return;
    this.#nearEnd(index, this.hits.length);
    this.#activePath = hit.path;
    this.#previewHit();
  }

  #previewHit(): void {
    this.#look(this.active?.path ?? null);
  }

  #look(path: string | null, when: string | null = null): void {
    clearTimeout(this.#previewTimer);
    this.#previewWords = this.wordsOf(this.active);
    void this.preview.open(path, when);
  }

  #nearEnd(index: number, length: number): void {
    if (index >= length - NEAR && !this.#growing) void this.more();
  }

  /** Opens a hit in the Library, to be read; a record that is not there any more, as it stood before the commit. */
  async open(index: number): Promise<void> {
    if (this.#tab === "commits") {
      const past = this.pastHits[index];
      if (past) await this.#openPast(past);
      return;
    }
    if (this.#tab === "paths") {
      const row = this.pathRows[index];
      if (row && (await navigation.go({ screen: "library", path: row.decision.path }))) frame.wantReader();
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
    if (this.#isPartial || this.#error?.code === "index") this.refresh();
  }

  /** Stops the reading of the log, or goes on with it. */
  async pausePast(paused: boolean): Promise<void> {
    await call("pause_past", { paused });
    this.refresh();
  }

  get #isPartial(): boolean {
    return this.#tab === "commits" ? (this.#pastReply?.building ?? false) : (this.#reply?.pending ?? 0) > 0;
  }

  reset(): void {
    this.#ticket += 1;
    clearTimeout(this.#previewTimer);
    this.#limit = LIMIT;
    this.#query = EMPTY;
    this.#facets = NO_FACETS;
    this.#tab = "records";
    this.#reply = null;
    this.#pastReply = null;
    this.#pastIndex = 0;
    this.#forgetPaths();
    this.#unfiltered = null;
    this.#order = "relevance";
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
    this.#look(hit?.path ?? null, hit ? before(hit) : null);
  }

  async #openPast(hit: PastHit): Promise<void> {
    const isHere = workspace.byPath.has(hit.path);
    if (!isHere) this.#error = await workspace.goBack(before(hit));
    if (this.#error === null) await navigation.go({ screen: "library", path: hit.path });
  }

  /** Another question: its list begins at its top. */
  #askAnew(): void {
    this.#limit = LIMIT;
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const ticket = ++this.#ticket;
    const moves = this.#moves;
    clearTimeout(this.#pathsTimer);
    clearTimeout(this.#previewTimer);
    if (this.isEmpty) {
      this.#reply = null;
      this.#pastReply = null;
      this.#forgetPaths();
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
    const reply = await call("search", { request: this.#request() });
    if (ticket !== this.#ticket) return;
    this.#reply = reply;
    this.#error = null;
    if (this.#tab === "records") {
      if (this.activeIndex < 0) this.#activePath = reply.hits[0]?.path ?? null;
      if (reply.hits.length === 0) this.#previewHit();
      else this.#previewTimer = setTimeout(() => this.#previewHit(), PREVIEW_AFTER);
    }
    if (this.#tab === "paths") await this.#askPaths(ticket);
    else this.#pathsTimer = setTimeout(() => void this.#askPaths(ticket).catch(() => undefined), PATHS_AFTER);
    const words = this.#query.text.trim();
    const filtered = this.hasFacets || this.#query.tokens.length > 0;
    const unfiltered = reply.hits.length === 0 && filtered && words !== "" ? await call("search", { request: { ...NOTHING, query: words, limit: 1, me: me() } }) : null;
    if (ticket === this.#ticket) this.#unfiltered = unfiltered;
  }

  /** Paths bound by what matches, and those whose pattern the words name or lead to. A file's path asks for what binds it alone. */
  async #askPaths(ticket: number): Promise<void> {
    const words = this.#query.text.trim();
    const isPath = /^[^\s:"]+$/.test(words);
    const isFile = isPath && words.includes("/");
    const queries = [...(isFile ? [] : [this.whole]), ...(isPath ? [wholeQuery([...this.#query.tokens, `path:${words}`].join(" "), this.#facets)] : [])];
    const matches = await call("view_matches", { queries, me: me() });
    if (ticket !== this.#ticket) return;
    const found = new Set(matches.flat());
    const named = isPath && !this.hasFacets && this.#query.tokens.length === 0 ? words.toLowerCase() : null;
    this.#bound = boundPaths(workspace.decisions.filter(({ path, applies_to }) => found.has(path) || (named !== null && applies_to.some((glob) => glob.toLowerCase().includes(named)))), words);
    if (this.#tab === "paths") this.moveTo(this.#pathIndex);
  }

  #forgetPaths(): void {
    clearTimeout(this.#pathsTimer);
    this.#bound = null;
    this.#pathIndex = 0;
  }

  #request(): SearchRequest {
    const { statuses, tags, scopes, years, has } = this.#facets;
    return { query: queryText(this.#query), limit: this.#limit, status: [...statuses], tags: [...tags], scopes: [...scopes], years: [...years], has: [...has], me: me(), order: this.#order };
  }

  async #askPast(ticket: number): Promise<void> {
    const reply = await call("search_past", { request: { ...NOTHING, query: queryText(this.#query), limit: this.#limit, me: me() } });
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
