// English, the language that the others are measured by.
import { acting } from "./acting";
import { actions } from "./actions";
import { asked } from "./asked";
import { changes } from "./changes";
import { common, keys, status } from "./common";
import { dates } from "./dates";
import { editor } from "./editor";
import { errors } from "./errors";
import { find } from "./find";
import { form } from "./form";
import { frame } from "./frame";
import { help } from "./help";
import { library } from "./library";
import { lineage } from "./lineage";
import { menubar } from "./menubar";
import { merge } from "./merge";
import { output } from "./output";
import { palette } from "./palette";
import { past } from "./past";
import { problems } from "./problems";
import { reader } from "./reader";
import { search } from "./search";
import { settings } from "./settings";
import { staging } from "./staging";
import { welcome } from "./welcome";
import { writing } from "./writing";

export const en = { acting, actions, asked, changes, common, dates, editor, errors, find, form, frame, help, keys, library, lineage, menubar, merge, output, palette, past, problems, reader, search, settings, staging, status, welcome, writing };
