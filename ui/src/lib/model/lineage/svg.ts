// A picture as SVG text: no scripts, no references to anything outside. Pure.
import type { Picture, Shape, Stroke } from "./picture";

const FONTS = { text: "'Inter Precedent', Inter, system-ui, sans-serif", mono: "'JetBrains Mono Precedent', 'JetBrains Mono', ui-monospace, monospace" };

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${String(sign.charCodeAt(0))};`).replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "");
const round = (value: number) => String(Math.round(value * 100) / 100);

export function svgOf({ width, height, background, shapes }: Picture, title: string): string {
  const fades = new Map<string, string>();
  const drawn = shapes.map((shape) => draw(shape, fades)).join("\n");
  const defs = [...fades].map(([key, id]) => gradient(id, key)).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}" role="img" aria-label="${escaped(title)}" font-family="${escaped(FONTS.text)}">
<title>${escaped(title)}</title>
<defs>${defs}</defs>
<rect width="100%" height="100%" fill="${background}"/>
${drawn}
</svg>
`;
}

function gradient(id: string, key: string): string {
  const [side, colour] = key.split(" ");
  const [from, to] = side === "right" ? [1, 0] : [0, 1];
  return `<linearGradient id="${id}"><stop offset="0" stop-color="${colour ?? ""}" stop-opacity="${String(from)}"/><stop offset="1" stop-color="${colour ?? ""}" stop-opacity="${String(to)}"/></linearGradient>`;
}

function draw(shape: Shape, fades: Map<string, string>): string {
  switch (shape.kind) {
    case "rect":
      return `<rect x="${round(shape.x)}" y="${round(shape.y)}" width="${round(shape.width)}" height="${round(shape.height)}" rx="${round(shape.radius)}" fill="${fillOf(shape, fades)}"${strokeOf(shape.stroke)}/>`;
    case "path":
      return `<path transform="translate(${round(shape.x)} ${round(shape.y)})${shape.scale === 1 ? "" : ` scale(${round(shape.scale)})`}" d="${shape.d}" fill="${shape.fill ?? "none"}"${strokeOf(shape.stroke)}/>`;
    case "text":
      return `<text x="${round(shape.x)}" y="${round(shape.y)}" font-size="${String(shape.size)}" font-weight="${String(shape.weight)}" fill="${shape.fill}"${shape.mono ? ` font-family="${escaped(FONTS.mono)}"` : ""}${shape.strike ? ` text-decoration="line-through" style="text-decoration-color:${shape.strike}"` : ""}>${escaped(shape.text)}</text>`;
  }
}

function fillOf({ fill, fade }: Extract<Shape, { kind: "rect" }>, fades: Map<string, string>): string {
  if (!fill || !fade) return fill ?? "none";
  const key = `${fade} ${fill}`;
  const id = fades.get(key) ?? `fade-${String(fades.size)}`;
  fades.set(key, id);
  return `url(#${id})`;
}

function strokeOf(stroke: Stroke | undefined): string {
  if (!stroke) return "";
  return ` stroke="${stroke.colour}" stroke-width="${round(stroke.width)}" stroke-linecap="round" stroke-linejoin="round"${stroke.dash ? ` stroke-dasharray="${stroke.dash.join(" ")}"` : ""}`;
}
