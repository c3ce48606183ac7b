// Every word on screen. Components use `t` and never join strings themselves; sentences with values are functions.
// English only for now: another language is another folder beside `en` with the same shape.
import { acting } from "./en/acting";
import { actions } from "./en/actions";
import { changes } from "./en/changes";
import { common, keys, status } from "./en/common";
import { dates } from "./en/dates";
import { editor } from "./en/editor";
import { frame } from "./en/frame";
import { help } from "./en/help";
import { library } from "./en/library";
import { lineage } from "./en/lineage";
import { output } from "./en/output";
import { palette } from "./en/palette";
import { past } from "./en/past";
import { reader } from "./en/reader";
import { search } from "./en/search";
import { welcome } from "./en/welcome";
import { writing } from "./en/writing";

export const t = { acting, actions, changes, common, dates, editor, frame, help, keys, library, lineage, output, palette, past, reader, search, status, welcome, writing };
