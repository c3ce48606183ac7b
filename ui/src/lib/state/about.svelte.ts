// Whether the About pane shows: beside the record it is remembered, as a sheet over it it starts closed.
import { layout } from "./layout.svelte";
import { prefs } from "./prefs.svelte";

class About {
  get shown(): boolean {
    return layout.aboutAsSheet ? layout.sheet : prefs.about.value;
  }

  set shown(shown: boolean) {
    if (layout.aboutAsSheet) layout.sheet = shown;
    else prefs.about.value = shown;
  }
}

export const about = new About();
