// Boot: look first (theme and platform before the first paint), then the window.
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/prose.css";

import { mount } from "svelte";

import App from "./App.svelte";
import { catalogue } from "./lib/i18n/catalogue.svelte";
import { t } from "./lib/i18n/messages";
import { sayErrorsWith } from "./lib/ipc/client";
import { app } from "./lib/state/app.svelte";

document.documentElement.dataset.theme = app.theme;
document.documentElement.dataset.contrast = app.contrast;
document.documentElement.dataset.platform = navigator.userAgent.includes("Linux") ? "linux" : navigator.userAgent.includes("Mac") ? "macos" : "windows";

// "ResizeObserver loop" is a notice of the engine, not an error of ours.
window.addEventListener("error", (event) => void (event.message.startsWith("ResizeObserver loop") || app.logError(event.error ?? event.message)));
window.addEventListener("unhandledrejection", (event) => void app.logError(event.reason));

sayErrorsWith(t.errors);
// Another language than English is fetched first: nothing is painted in the wrong one.
await catalogue.choose(app.language).catch((error: unknown) => app.logError(error));
const target = document.getElementById("app");
if (target) mount(App, { target });
