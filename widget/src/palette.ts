// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/** Linear sRGB and back, WCAG 2.2 "relative luminance" and "contrast ratio". */
type Rgb = [red: number, green: number, blue: number];

/** `#rgb` or `#rrggbb`; anything else is no colour. */
export function parseColour(value: string | undefined): Rgb | undefined {
  const hex = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(value ?? '') ? value!.slice(1) : undefined;
  return hex?.match(hex.length === 3 ? /./g : /../g)!.map((part) => parseInt((part + part).slice(0, 2), 16)) as Rgb | undefined;
}

export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * The accent as it can be used on a surface: moved towards black or white until it stands out by
 * 4.5 : 1, so that it serves for links and buttons alike; with the ink to write on it.
 */
export function accentOn(surface: Rgb, accent: Rgb): { accent: string; ink: string } {
  const goal = luminance(surface) > 0.2 ? 0 : 255;
  let colour = accent;
  for (let step = 0; contrast(colour, surface) < 4.5 && step < 20; step++)
    colour = colour.map((part) => Math.round(part + (goal - part) / 8)) as Rgb;
  const white: Rgb = [255, 255, 255];
  const ink: Rgb = contrast(colour, white) >= 4.5 ? white : [0, 0, 0];
  return { accent: `rgb(${colour})`, ink: `rgb(${ink})` };
}
