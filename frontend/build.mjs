// Builds what the pages of `contested serve` need in a browser into the folder named as argument: modules, styles, the
// map's library as it comes, and countries as TopoJSON. Called by hatch_build.py; by hand: `npm run build`.

import { cp, mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "..", "contested", "views", "web", "static");
const modules = join(here, "node_modules");

// What a browser loads as it comes from its package.
const COPIED = [
  ["maplibre-gl/dist/maplibre-gl.mjs", "maplibre-gl.mjs"],
  ["maplibre-gl/dist/maplibre-gl-worker.mjs", "maplibre-gl-worker.mjs"],
  ["world-atlas/countries-50m.json", "countries.json"],
];

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const pages = (await readdir(join(here, "src"))).filter((name) => name.endsWith(".ts"));
await build({
  entryPoints: pages.map((name) => join(here, "src", name)),
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "linked",
  chunkNames: "shared-[hash]",
  plugins: [
    {
      name: "maplibre-as-it-comes",
      setup(plugin) {
        plugin.onResolve({ filter: /^maplibre-gl$/ }, () => ({ path: "./maplibre-gl.mjs", external: true }));
      },
    },
  ],
  logLevel: "warning",
});
await build({
  entryPoints: [join(here, "styles", "style.css")],
  outdir: out,
  bundle: true,
  minify: true,
  target: "es2022",
  logLevel: "warning",
});
for (const [from, to] of COPIED) await cp(join(modules, from), join(out, to));
