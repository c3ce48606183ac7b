// Finds elements as assistive technology names them. Called with a query of `find.rs`; answers all matches that are
// visible, in document order. Names are computed as the accessible-name rules do for the cases the app uses.
function find(query, root) {
  const clean = (text) => (text ?? "").replace(/\s+/g, " ").trim();

  const implicit = (el) => {
    const tag = el.tagName.toLowerCase();
    if (tag === "input") {
      const type = (el.getAttribute("type") ?? "text").toLowerCase();
      if (["checkbox", "radio", "button"].includes(type)) return type;
      if (type === "search") return el.hasAttribute("list") ? "combobox" : "searchbox";
      return type === "submit" ? "button" : type === "range" ? "slider" : "textbox";
    }
    if (/^h[1-6]$/.test(tag)) return "heading";
    if (tag === "a") return el.hasAttribute("href") ? "link" : "";
    const roles = {
      article: "article", aside: "complementary", button: "button", dialog: "dialog", fieldset: "group",
      footer: "contentinfo", header: "banner", img: "img", li: "listitem", main: "main", nav: "navigation", ol: "list",
      option: "option", progress: "progressbar", section: "region", select: "combobox", summary: "button",
      table: "table", textarea: "textbox", ul: "list",
    };
    return roles[tag] ?? "";
  };
  const roleOf = (el) => el.getAttribute("role")?.split(" ")[0] || implicit(el);

  const fromContent = (el) => {
    let text = "";
    for (const child of el.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) text += child.data;
      else if (child.nodeType === Node.ELEMENT_NODE && child.getAttribute("aria-hidden") !== "true")
        text += ` ${child.getAttribute("aria-label") ?? child.getAttribute("alt") ?? fromContent(child)} `;
    }
    return text;
  };
  const nameOf = (el) => {
    const by = el.getAttribute("aria-labelledby");
    if (by) return clean(by.split(/\s+/).map((id) => fromContent(document.getElementById(id) ?? document.createElement("i"))).join(" "));
    if (el.getAttribute("aria-label")) return clean(el.getAttribute("aria-label"));
    if (el.labels?.length) return clean([...el.labels].map(fromContent).join(" "));
    if (el.tagName === "FIELDSET" && el.querySelector("legend")) return clean(fromContent(el.querySelector("legend")));
    const own = el.getAttribute("alt") ?? "";
    const structural = ["dialog", "navigation", "region", "main", "complementary", "textbox", "searchbox", "combobox", "group", "list", "tree", "listbox", "grid", "table"];
    const content = structural.includes(roleOf(el)) ? "" : clean(fromContent(el));
    return clean(own || content || el.getAttribute("title") || el.getAttribute("placeholder"));
  };

  const within = query.within ? find(query.within, root) : [root ?? document];
  const fits = (el) => {
    if (query.role && roleOf(el) !== query.role) return false;
    if (!query.hidden && !el.checkVisibility({ visibilityProperty: true })) return false;
    if (!query.hidden && el.closest("[inert]")) return false;
    if (query.name !== undefined && nameOf(el) !== query.name) return false;
    if (query.like !== undefined && !nameOf(el).includes(query.like)) return false;
    if (query.texts?.some((text) => !clean(el.textContent).includes(text))) return false;
    return true;
  };
  const found = within.flatMap((scope) => [...scope.querySelectorAll(query.css ?? "*")]).filter(fits);
  return query.nth === undefined ? found : found.slice(query.nth, query.nth + 1);
}
