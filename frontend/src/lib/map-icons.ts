// Marks of ground and of disputes, drawn on a canvas: a ring of shares, hatched where contested, a second ring where
// besieged, and the letter of the holder. The same as the drawing that the server makes.

import type { Colours } from "./map-colours";
import type { Ground } from "./map-marks";

const SIZE = 44;
const RATIO = 2;
const RING = 12;
const TURN = 2 * Math.PI;

/** What tells two looks of ground apart. */
export function look(of: Ground): string {
  return JSON.stringify([of.ring, of.letters, of.contested, of.besieged, of.wide]);
}

/** The image of a look, `RATIO` pixels a point. */
export function drawn(name: string, colours: Colours): ImageData {
  const [ring, letters, contested, besieged, wide] = JSON.parse(name) as [Ground["ring"], string, boolean, boolean, boolean];
  const pen = canvas();
  const ink = colours.of("--ink");
  const paper = colours.of("--paper");
  pen.translate(SIZE / 2, SIZE / 2);
  if (besieged) {
    stroke(pen, 19, 2, ink, [5, 3]);
  }
  disc(pen, RING + 3.5, ink);
  disc(pen, RING + 2.5, paper);
  for (const [hue, from, to, told] of ring) {
    stroke(pen, RING, told ? 4.5 : 2.5, colours.hue(hue), [], from * TURN, to * TURN);
  }
  disc(pen, RING - 3, paper);
  if (contested) hatch(pen, RING - 3, ink, paper);
  pen.fillStyle = ink;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const letter = contested ? "" : (letters.split("·")[0] ?? "");
  pen.font = `600 ${letter.length > 1 ? 9 : 12}px system-ui, sans-serif`;
  pen.fillText(letter, 0, 0.5);
  if (wide) stroke(pen, RING + 5, 1, ink, [1, 3]);
  return pen.getImageData(0, 0, SIZE * RATIO, SIZE * RATIO);
}

/** The diamond of a dispute. */
export function diamond(colours: Colours): ImageData {
  const pen = canvas();
  pen.translate(SIZE / 2, SIZE / 2);
  pen.rotate(Math.PI / 4);
  pen.fillStyle = colours.of("--paper");
  pen.fillRect(-7, -7, 14, 14);
  pen.fillStyle = colours.of("--condition");
  pen.fillRect(-5.5, -5.5, 11, 11);
  return pen.getImageData(0, 0, SIZE * RATIO, SIZE * RATIO);
}

export const PIXELS = RATIO;

function canvas(): CanvasRenderingContext2D {
  const made = document.createElement("canvas");
  made.width = made.height = SIZE * RATIO;
  const pen = made.getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Error("no canvas");
  pen.scale(RATIO, RATIO);
  return pen;
}

function disc(pen: CanvasRenderingContext2D, radius: number, colour: string): void {
  pen.beginPath();
  pen.arc(0, 0, radius, 0, TURN);
  pen.fillStyle = colour;
  pen.fill();
}

function stroke(
  pen: CanvasRenderingContext2D, radius: number, width: number, colour: string, dash: number[], from = 0, to = TURN,
): void {
  pen.beginPath();
  pen.arc(0, 0, radius, from - TURN / 4, to - TURN / 4);
  pen.lineWidth = width;
  pen.strokeStyle = colour;
  pen.setLineDash(dash);
  pen.stroke();
  pen.setLineDash([]);
}

function hatch(pen: CanvasRenderingContext2D, radius: number, ink: string, paper: string): void {
  pen.save();
  pen.beginPath();
  pen.arc(0, 0, radius, 0, TURN);
  pen.clip();
  pen.fillStyle = paper;
  pen.fillRect(-radius, -radius, 2 * radius, 2 * radius);
  pen.strokeStyle = ink;
  pen.lineWidth = 1.5;
  for (let at = -2 * radius; at < 2 * radius; at += 4) {
    pen.beginPath();
    pen.moveTo(at, radius);
    pen.lineTo(at + 2 * radius, -radius);
    pen.stroke();
  }
  pen.restore();
}
