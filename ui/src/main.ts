// Boot: look first (theme and platform before the first paint), then the window.
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/prose.css";

import { mount } from "svelte";

import App from "./App.svelte";
import { app } from "./lib/state/app.svelte";

document.documentElement.dataset.theme = app.theme;
document.documentElement.dataset.platform = navigator.userAgent.includes("Linux") ? "linux" : navigator.userAgent.includes("Mac") ? "macos" : "windows";

window.addEventListener("error", (event) => void app.logError(event.error));
window.addEventListener("unhandledrejection", (event) => void app.logError(event.reason));

const target = document.getElementById("app");
if (target) mount(App, { target });
