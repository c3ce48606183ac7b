// Boot: look first (theme and platform before the first paint), then the window.
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/prose.css";

import { mount } from "svelte";

import App from "./App.svelte";
import { app } from "./lib/state/app.svelte";

document.documentElement.dataset.theme = app.theme;
document.documentElement.dataset.platform = navigator.userAgent.includes("Linux") ? "linux" : navigator.userAgent.includes("Mac") ? "macos" : "windows";

// "ResizeObserver loop" is a notice of the engine, not an error of ours.
window.addEventListener("error", (event) => void (event.message.startsWith("ResizeObserver loop") || app.logError(event.error ?? event.message)));
window.addEventListener("unhandledrejection", (event) => void app.logError(event.reason));

const target = document.getElementById("app");
if (target) mount(App, { target });
