// The screen written to a file of the user's choice, as SVG, or as PNG by way of a canvas (which has the page's own fonts).
import { longDate, mediumDate } from "../../lib/i18n/dates";
import { t } from "../../lib/i18n/messages";
import { cut, type Picture, pictureOf, type Shape, type Stroke } from "../../lib/model/lineage/picture";
import { isoOf } from "../../lib/model/lineage/strands";
import { svgOf } from "../../lib/model/lineage/svg";
import type { Lineage } from "../../lib/state/lineage.svelte";
import { toasts } from "../../lib/state/toasts.svelte";
import { troubles } from "../../lib/state/troubles.svelte";
import { workspace } from "../../lib/state/workspace.svelte";
import type { PictureFormat } from "./actions";

/** Pixels a picture has for each of the screen's, where the canvas is large enough. */
const SHARPNESS = [2, 1];
/** No side of a canvas may be longer in WebKit. */
const LONGEST = 16_384;
const LARGEST = 120_000_000;

/** Asks where to, writes it and says so. What fails is said as well. */
export async function exportPicture(lineage: Lineage, format: PictureFormat): Promise<void> {
  const words = t.lineage;
  try {
    const picture = pictureNow(lineage);
    const bytes = format === "svg" ? new TextEncoder().encode(svgOf(picture, titleOf(lineage))) : await png(picture);
    if (!bytes) {
      troubles.tell(words.tooTall);
      return;
    }
    const written = await lineage.save(`${words.fileName(fileWord(workspace.info?.name ?? ""))}.${format}`, bytes);
    if (written !== null) toasts.show(words.exported(written.slice(written.search(/[^/\\]*$/))));
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    troubles.tell(t.lineage.exportFailed(reason));
  }
}

function fileWord(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "log";
}

function titleOf(lineage: Lineage): string {
  return t.lineage.pictureTitle(workspace.info?.name ?? "", longDate(lineage.asOf === null ? lineage.today : isoOf(lineage.asOf)));
}

export function pictureNow(lineage: Lineage): Picture {
  const style = getComputedStyle(document.documentElement);
  const colour = (token: string) => style.getPropertyValue(`--${token}`).trim();
  const context = document.createElement("canvas").getContext("2d");
  const measure = (text: string, weight: number) => {
    if (!context) return text.length * 6.4;
    context.font = fontOf({ size: 12, weight, mono: false });
    return context.measureText(text).width;
  };
  return pictureOf({
    layout: lineage.layout, view: lineage.view, left: lineage.left, plot: lineage.plot, right: lineage.right, marks: lineage.marks, asOf: lineage.asOf, asOfX: lineage.asOfX,
    dayName: lineage.asOf === null ? t.lineage.today : mediumDate(isoOf(lineage.asOf)),
    title: cut(titleOf(lineage), lineage.plot, (text) => measure(text, 600)),
    laneName: (label) => lineage.laneName(label),
    colour, measure,
  });
}

function fontOf({ size, weight, mono }: { size: number; weight: number; mono: boolean }): string {
  return `${String(weight)} ${String(size)}px ${mono ? '"JetBrains Mono Precedent", ui-monospace, monospace' : '"Inter Precedent", system-ui, sans-serif'}`;
}

/** Null when no canvas is large enough. */
async function png(picture: Picture): Promise<Uint8Array | null> {
  const scale = SHARPNESS.find((one) => Math.max(picture.width, picture.height) * one <= LONGEST && picture.width * picture.height * one * one <= LARGEST);
  if (scale === undefined) return null;
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(picture.width * scale);
  canvas.height = Math.ceil(picture.height * scale);
  const context = canvas.getContext("2d");
  if (!context) return null;
  context.scale(scale, scale);
  context.fillStyle = picture.background;
  context.fillRect(0, 0, picture.width, picture.height);
  for (const shape of picture.shapes) paint(context, shape);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  return blob ? new Uint8Array(await blob.arrayBuffer()) : null;
}

function paint(context: CanvasRenderingContext2D, shape: Shape): void {
  context.save();
  if (shape.kind === "text") {
    context.font = fontOf(shape);
    context.fillStyle = shape.fill;
    context.fillText(shape.text, shape.x, shape.y);
    if (shape.strike) {
      context.fillStyle = shape.strike;
      context.fillRect(shape.x, shape.y - 4, context.measureText(shape.text).width, 1);
    }
  } else {
    const path = shape.kind === "path" ? new Path2D(shape.d) : new Path2D();
    if (shape.kind === "rect") path.roundRect(shape.x, shape.y, shape.width, shape.height, shape.radius);
    else {
      context.translate(shape.x, shape.y);
      context.scale(shape.scale, shape.scale);
    }
    if (shape.fill) {
      context.fillStyle = shape.kind === "rect" && shape.fade ? fade(context, shape.x, shape.width, shape.fill, shape.fade) : shape.fill;
      context.fill(path);
    }
    if (shape.stroke) outline(context, path, shape.stroke);
  }
  context.restore();
}

function outline(context: CanvasRenderingContext2D, path: Path2D, stroke: Stroke): void {
  context.strokeStyle = stroke.colour;
  context.lineWidth = stroke.width;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.setLineDash([...(stroke.dash ?? [])]);
  context.stroke(path);
}

/** Tokens are written as `#rrggbb`; the clear end is the same colour, or it would fade through black. */
function fade(context: CanvasRenderingContext2D, x: number, width: number, colour: string, towards: "left" | "right"): CanvasGradient {
  const gradient = context.createLinearGradient(x, 0, x + width, 0);
  gradient.addColorStop(towards === "right" ? 0 : 1, colour);
  gradient.addColorStop(towards === "right" ? 1 : 0, `${colour}00`);
  return gradient;
}
