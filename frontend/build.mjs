// Builds what the pages of `contested serve` need in a browser: modules, styles, the map's library as it comes,
// countries as TopoJSON, and the licences of all that. hatch_build.py calls it and notes what it was built from;
// by hand: `make frontend`. What was built before stays until all is built.

import { chmod, cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const built = join(here, "..", "contested", "views", "web", "static");
const out = await mkdtemp(join(modules, ".built-"));

// What a browser loads as it comes from its package.
const COPIED = [
  ["maplibre-gl/dist/maplibre-gl.mjs", "maplibre-gl.mjs"],
  ["maplibre-gl/dist/maplibre-gl-worker.mjs", "maplibre-gl-worker.mjs"],
  ["world-atlas/countries-50m.json", "countries.json"],
];

try {
  const used = await make();
  await writeFile(join(out, "licences.txt"), await licences(used));
  await chmod(out, 0o755);
  await rm(built, { recursive: true, force: true });
  await rename(out, built);
} finally {
  await rm(out, { recursive: true, force: true });
}

// Makes all files, and gives the names of the packages they have parts of.
async function make() {
  const pages = (await readdir(join(here, "src"))).filter((name) => name.endsWith(".ts"));
  const common = { outdir: out, bundle: true, minify: true, target: "es2022", metafile: true, logLevel: "warning" };
  const scripts = await build({
    ...common,
    entryPoints: pages.map((name) => join(here, "src", name)),
    splitting: true,
    format: "esm",
    legalComments: "none",
    chunkNames: "shared-[hash]",
    plugins: [
      {
        name: "maplibre-as-it-comes",
        setup(plugin) {
          plugin.onResolve({ filter: /^maplibre-gl$/ }, () => ({ path: "./maplibre-gl.mjs", external: true }));
        },
      },
    ],
  });
  const styles = await build({ ...common, entryPoints: [join(here, "styles", "style.css")] });
  for (const [from, to] of COPIED) await cp(join(modules, from), join(out, to));
  const files = [...Object.keys(scripts.metafile.inputs), ...Object.keys(styles.metafile.inputs)];
  const parts = files.map((file) => file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]);
  return new Set([...parts, ...COPIED.map(([from]) => from.split("/")[0])].filter(Boolean));
}

// The licences of these packages, as they come with them.
async function licences(packages) {
  const told = [];
  for (const name of [...packages].sort()) {
    const { version, license } = JSON.parse(await readFile(join(modules, name, "package.json"), "utf-8"));
    const file = (await readdir(join(modules, name))).find((one) => /^licen[cs]e/i.test(one));
    if (!file) throw new Error(`${name} ${version} (${license}) comes without its licence`);
    told.push(`${name} ${version}\n\n${(await readFile(join(modules, name, file), "utf-8")).trim()}\n`);
  }
  return told.join(`\n${"-".repeat(80)}\n\n`);
}
