// The source pane's looks, from tokens only. Squiggles are background images: WebKitGTK draws wavy underlines almost flat.
import { EditorView } from "@codemirror/view";

export const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--c-text)", backgroundColor: "var(--c-bg-page)", fontSize: "var(--t-13)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.3125rem", letterSpacing: "-.01em", fontVariantLigatures: "none", overflowX: "hidden" },
  ".cm-content": { padding: "10px 0 40vh", caretColor: "var(--c-focus)" },
  ".cm-line": { padding: "0 max(24px, calc(100% - 80ch)) 0 0" },
  ".cm-cursor, .cm-dropCursor": { borderLeft: "2px solid var(--c-focus)" },
  ".cm-activeLine": { backgroundColor: "var(--c-bg-inset)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--c-bg-select-focus)" },
  ".cm-selectionMatch": { backgroundColor: "var(--c-bg-select)" },
  ".cm-searchMatch": { backgroundColor: "var(--c-mark)", color: "var(--c-mark-text)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--c-mark-current)" },
  ".cm-specialChar": { color: "var(--c-error-fg)" },

  ".cm-gutters": { backgroundColor: "var(--c-bg-page)", color: "var(--c-text-3)", border: "none", fontSize: "var(--t-12)", paddingLeft: "10px" },
  ".cm-gutter-lint": { width: "16px" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "4px 0 0" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "32px", padding: "0 16px 0 0" },
  ".cm-activeLineGutter": { backgroundColor: "var(--c-bg-inset)", color: "var(--c-text)" },
  ".cm-lint-marker": { width: "13px", height: "13px" },
  ".cm-lint-marker-error": { content: "none", color: "var(--c-error-fg)" },
  ".cm-lint-marker-warning": { content: "none", color: "var(--c-warn-fg)" },
  ".cm-lint-marker-info": { content: "none", color: "var(--c-info-fg)" },

  ".cm-lintRange": { backgroundPosition: "left bottom", backgroundRepeat: "repeat-x", backgroundSize: "6px 4px", paddingBottom: "2px" },
  ".cm-lintRange-error": { backgroundImage: "var(--squig-error)" },
  ".cm-lintRange-warning, .cm-lintRange-info": { backgroundImage: "var(--squig-warn)" },
  ".cm-lintRange-info": { backgroundImage: "none", borderBottom: "1px dotted var(--c-info-fg)" },
  ".cm-lintRange-active": { backgroundColor: "var(--c-bg-select)" },

  ".cm-foldPlaceholder": { color: "var(--c-text-3)", backgroundColor: "var(--c-bg-inset)", border: "none", borderRadius: "4px", padding: "1px 6px", margin: "0 0 0 8px", fontSize: "var(--t-12)", fontFamily: "inherit", cursor: "pointer" },
  ".cm-activeLine .cm-foldPlaceholder": { backgroundColor: "var(--c-bg-press)" },
  ".cm-prompt": { backgroundColor: "var(--c-accent-soft)", borderRadius: "var(--r-xs)", fontStyle: "italic", color: "var(--c-text-2)" },

  // Its own width must not widen the text, and CodeMirror does not measure margins of widgets.
  ".cm-fixholder": { width: "0", minWidth: "calc(100% - 16px)", padding: "2px 0 3px" },
  ".cm-fixline": { display: "flex", alignItems: "center", gap: "8px", padding: "3px 10px", borderRadius: "var(--r-sm)", font: "var(--w-regular) var(--t-12)/18px var(--font-ui)", letterSpacing: "0", whiteSpace: "nowrap", overflow: "hidden" },
  ".cm-fixline > span:first-child": { overflow: "hidden", textOverflow: "ellipsis", flexShrink: "100" },
  ".cm-fixline.error": { backgroundColor: "var(--c-error-bg)", color: "var(--c-error-fg)" },
  ".cm-fixline.warning": { backgroundColor: "var(--c-warn-bg)", color: "var(--c-warn-fg)" },
  ".cm-fixline.info": { backgroundColor: "var(--c-info-bg)", color: "var(--c-info-fg)" },
  ".cm-fixline button": { color: "var(--c-link)", background: "none", border: "0", padding: "0", font: "inherit", textDecoration: "underline", textUnderlineOffset: "2px", cursor: "pointer", overflow: "hidden", textOverflow: "ellipsis", flex: "0 1 auto" },
  ".cm-fixline .key": { marginLeft: "auto", color: "var(--c-text-3)", flex: "none" },

  ".cm-tooltip": { backgroundColor: "var(--c-bg-raised)", color: "var(--c-text)", border: "1px solid var(--c-line-strong)", borderRadius: "var(--r-lg)", boxShadow: "var(--sh-2)", overflow: "hidden" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--font-ui)", fontSize: "var(--t-13)", maxHeight: "17.5rem", padding: "6px", minWidth: "22rem", maxWidth: "32rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { display: "flex", alignItems: "center", gap: "8px", height: "28px", lineHeight: "28px", padding: "0 8px", borderRadius: "var(--r-md)", overflow: "hidden" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--c-bg-select-focus)", color: "var(--c-text)" },
  ".cm-tooltip-autocomplete .cm-completionLabel": { font: "var(--w-medium) var(--t-12)/1 var(--font-mono)", color: "var(--c-text-2)", flex: "none" },
  ".cm-tooltip-autocomplete .cm-completionDetail": { fontStyle: "normal", margin: "0", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  ".cm-completionMatchedText": { textDecoration: "none" },
  ".cm-fieldhelp": { padding: "6px 10px", font: "var(--w-regular) var(--t-12)/18px var(--font-ui)", maxWidth: "26rem", whiteSpace: "pre-line" },
  ".cm-fieldhelp p + p": { marginTop: "6px" },
  ".cm-fieldhelp code": { fontFamily: "var(--font-mono)", color: "var(--c-text-2)" },
  ".cm-diagnostic": { borderLeft: "none", padding: "6px 10px", font: "var(--w-regular) var(--t-12)/18px var(--font-ui)", maxWidth: "26rem" },
  ".cm-diagnosticAction": { backgroundColor: "transparent", color: "var(--c-link)", font: "inherit", textDecoration: "underline", margin: "0", padding: "0", display: "block" },

  ".cm-panels": { backgroundColor: "var(--c-bg-pane)", color: "var(--c-text)", zIndex: "2" },
  ".cm-panels-top": { borderBottom: "none" },
});
