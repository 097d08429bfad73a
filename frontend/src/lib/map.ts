// The map: MapLibre over countries that come with the program; no tiles are asked for unless the server was told of some.

import type { ExpressionSpecification, GeoJSONSource, LayerSpecification, Map as MapLibre, MapMouseEvent } from "maplibre-gl";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { type Colours, colours } from "./map-colours";
import { diamond, drawn, look, PIXELS } from "./map-icons";
import { type Layer, LAYERS, type Mark, type Marks, type Spot } from "./map-marks";

const EMPTY: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
const FONT = ["Noto Sans", "sans-serif"];
/** Which layers of the style show which layer of marks. */
const SHOWN: Record<Layer, string[]> = {
  ground: ["ground"],
  happenings: ["happenings", "clusters", "cluster-counts"],
  disputes: ["disputes"],
};
/** Happenings stand a little beside their place (pixels), so that those of a town are not under the mark of who holds it. */
const ASIDE: [number, number] = [14, 14];
/** Layers in which a mark can be pointed at, those on top first. */
const POINTED = ["disputes", "ground", "happenings", "clusters"];

export interface Heard {
  chosen: (key: string) => void;
  pointed: (key: string | null) => void;
  several: (keys: string[], closer: () => void) => void;
  moved: () => void;
}

export interface Shown {
  show: (found: Marks, marks: Iterable<Mark>) => void;
  toggle: (layer: Layer, on: boolean) => void;
  highlight: (at: Spot | null, fly?: boolean) => void;
  bounds: () => [west: number, south: number, east: number, north: number];
  fit: (spots: Spot[]) => void;
}

export function possible(): boolean {
  try {
    return document.createElement("canvas").getContext("webgl2") !== null;
  } catch {
    return false;
  }
}

/** A map in `holder`; what happens on it is told to `heard`. */
export async function mapIn(holder: HTMLElement, heard: Heard): Promise<Shown> {
  const [library, base, named] = await Promise.all([
    import("maplibre-gl"),
    fetch(`/static/countries.json?${holder.dataset["built"] ?? ""}`).then((answer) => answer.json() as Promise<Topology>),
    fetch("/map/names.json").then((answer) => answer.json() as Promise<{ names: Named[] }>),
  ]);
  library.setWorkerUrl(new URL("/static/maplibre-gl-worker.mjs", location.href).href);
  const quiet = matchMedia("(prefers-reduced-motion: reduce)");
  const countries = feature(base, base.objects["countries"] as GeometryCollection<{ name: string }>);
  let look_ = colours();
  const map = new library.Map({
    container: holder,
    style: { version: 8, sources: {}, layers: [] },
    center: [20, 20],
    zoom: 1.5,
    maxZoom: 14,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    renderWorldCopies: false,
  });
  map.keyboard.disableRotation();
  map.touchZoomRotate.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new library.ScaleControl({}), "bottom-left");
  map.getCanvas().setAttribute("aria-label", "Map. Arrow keys move it, + and - zoom. The list beside it holds the same marks.");
  await new Promise<void>((loaded) => map.once("load", () => loaded()));

  source(map, "countries", countries);
  source(map, "country-names", centres(countries));
  source(map, "towns", EMPTY);
  source(map, "ground", EMPTY);
  source(map, "disputes", EMPTY);
  source(map, "chosen", EMPTY);
  map.addSource("happenings", {
    type: "geojson", data: EMPTY, cluster: true, clusterRadius: 36, clusterMaxZoom: 13, maxzoom: 14,
    clusterProperties: { worst: ["max", ["get", "harm"]] },
  });
  const tiles = holder.dataset["tiles"];
  if (tiles) map.addSource("tiles", { type: "raster", tiles: [tiles], tileSize: 256 });
  for (const layer of layers(look_, Boolean(tiles))) map.addLayer(layer);
  map.addImage("dispute", diamond(look_), { pixelRatio: PIXELS });

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    look_ = colours();
    for (const id of map.listImages()) map.updateImage(id, id === "dispute" ? diamond(look_) : drawn(id, look_));
    for (const layer of layers(look_, Boolean(tiles))) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, name as never, value as never);
    }
  });
  listen(map, heard);

  return {
    show(found, marks) {
      for (const one of found.ground.features) {
        const name = look(one.properties);
        if (!map.hasImage(name)) map.addImage(name, drawn(name, look_), { pixelRatio: PIXELS });
      }
      const slim: Record<Layer, GeoJSON.Feature[]> = { ground: [], happenings: [], disputes: [] };
      for (const mark of marks) slim[mark.layer].push(point(mark));
      for (const layer of LAYERS) set(map, layer, { type: "FeatureCollection", features: slim[layer] });
      const held = new Set(found.ground.features.map((one) => one.properties.name));
      const features = named.names.filter((one) => !held.has(one.name)).map((one, rank) => town(one, rank));
      set(map, "towns", { type: "FeatureCollection", features });
    },
    toggle(layer, on) {
      for (const id of SHOWN[layer]) map.setLayoutProperty(id, "visibility", on ? "visible" : "none");
    },
    highlight(at, fly = false) {
      const geometry = at && ({ type: "Point", coordinates: at } as const);
      set(map, "chosen", geometry ? { type: "FeatureCollection", features: [{ type: "Feature", geometry, properties: {} }] } : EMPTY);
      if (at && fly) map.easeTo({ center: at, zoom: Math.max(map.getZoom(), 6), animate: !quiet.matches });
    },
    bounds() {
      const box = map.getBounds();
      return [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
    },
    fit(spots) {
      const box = extent(spots);
      if (box) map.fitBounds(box, { padding: 40, maxZoom: 9, animate: false });
    },
  };
}

interface Named {
  name: string;
  lat: number;
  lon: number;
  kind: string;
}

function source(map: MapLibre, id: string, data: GeoJSON.GeoJSON): void {
  map.addSource(id, { type: "geojson", data });
}

function set(map: MapLibre, id: string, data: GeoJSON.GeoJSON): void {
  (map.getSource(id) as GeoJSONSource).setData(data);
}

/** A mark as the map's workers need it: no statements. */
function point(mark: Mark): GeoJSON.Feature {
  const properties: Record<string, unknown> = { key: mark.key };
  if (mark.layer === "ground") Object.assign(properties, { look: look(mark.of), name: mark.of.name });
  if (mark.layer === "happenings") Object.assign(properties, { harm: mark.of.harm, alone: mark.of.alone, wide: mark.of.wide });
  return { type: "Feature", geometry: { type: "Point", coordinates: mark.at }, properties };
}

function town(one: Named, rank: number): GeoJSON.Feature {
  return { type: "Feature", geometry: { type: "Point", coordinates: [one.lon, one.lat] }, properties: { name: one.name, rank } };
}

/** Where the name of a country stands: amid its largest part. */
function centres(countries: GeoJSON.FeatureCollection<GeoJSON.Geometry, { name: string }>): GeoJSON.FeatureCollection {
  const features: GeoJSON.Feature[] = [];
  for (const { geometry, properties } of countries.features) {
    const parts = geometry.type === "MultiPolygon" ? geometry.coordinates : geometry.type === "Polygon" ? [geometry.coordinates] : [];
    let size = 0;
    let at: Spot | null = null;
    for (const [ring = []] of parts) {
      const lons = ring.map((one) => one[0] ?? 0);
      const lats = ring.map((one) => one[1] ?? 0);
      const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
      if ((east - west) * (north - south) > size) {
        size = (east - west) * (north - south);
        at = [(west + east) / 2, (south + north) / 2];
      }
    }
    if (at) features.push({ type: "Feature", geometry: { type: "Point", coordinates: at }, properties: { name: properties.name, size } });
  }
  return { type: "FeatureCollection", features };
}

/** The box round most of the spots: what lies far from their middle (a misread name) is left out. */
function extent(spots: Spot[]): [number, number, number, number] | null {
  if (!spots.length) return null;
  const ends = (values: number[]): [number, number] => {
    const middle = median(values);
    const far = Math.max(2, 6 * median(values.map((value) => Math.abs(value - middle))));
    const kept = values.filter((value) => Math.abs(value - middle) <= far);
    return [Math.min(...kept) - 0.05, Math.max(...kept) + 0.05];
  };
  const [west, east] = ends(spots.map((spot) => spot[0]));
  const [south, north] = ends(spots.map((spot) => spot[1]));
  return [west, south, east, north];
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function layers(look_: Colours, tiled: boolean): LayerSpecification[] {
  const radius: ExpressionSpecification = ["+", 3, ["min", 22, ["*", 1.4, ["sqrt", ["get", "harm"]]]]];
  const halo = { "text-halo-color": look_.of("--paper"), "text-halo-width": 1.5 };
  const base: LayerSpecification[] = tiled
    ? [{ id: "tiles", type: "raster", source: "tiles" }]
    : [{ id: "land", type: "fill", source: "countries", paint: { "fill-color": look_.of("--land") } }];
  return [
    { id: "sea", type: "background", paint: { "background-color": look_.of("--sea") } },
    ...base,
    { id: "borders", type: "line", source: "countries", paint: { "line-color": look_.of("--edge"), "line-width": 0.8 } },
    {
      id: "country-names", type: "symbol", source: "country-names", maxzoom: 7,
      layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 13, "text-letter-spacing": 0.12, "symbol-sort-key": ["-", 0, ["get", "size"]] },
      paint: { "text-color": look_.of("--soft"), ...halo },
    },
    {
      id: "happenings", type: "circle", source: "happenings", filter: ["!", ["has", "point_count"]],
      paint: {
        "circle-radius": radius, "circle-color": look_.of("--event"),
        "circle-opacity": ["case", ["get", "wide"], 0.15, ["get", "alone"], 0.35, 0.75],
        "circle-stroke-color": look_.of("--event"), "circle-stroke-width": 1.2, "circle-translate": ASIDE,
      },
    },
    {
      id: "clusters", type: "circle", source: "happenings", filter: ["has", "point_count"],
      paint: {
        "circle-radius": ["max", 10, ["+", 3, ["min", 24, ["*", 1.4, ["sqrt", ["get", "worst"]]]]]],
        "circle-color": look_.of("--paper"), "circle-opacity": 0.8,
        "circle-stroke-color": look_.of("--event"), "circle-stroke-width": ["step", ["get", "point_count"], 2, 10, 3, 100, 5],
        "circle-translate": ASIDE,
      },
    },
    {
      id: "cluster-counts", type: "symbol", source: "happenings", filter: ["has", "point_count"],
      layout: { "text-field": ["get", "point_count_abbreviated"], "text-font": FONT, "text-size": 12, "text-allow-overlap": true, "text-ignore-placement": true },
      paint: { "text-color": look_.of("--ink"), "text-translate": ASIDE, ...halo },
    },
    {
      id: "towns", type: "symbol", source: "towns", minzoom: 4,
      layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 11.5, "symbol-sort-key": ["get", "rank"], "text-padding": 4 },
      paint: { "text-color": look_.of("--soft"), ...halo },
    },
    {
      id: "ground", type: "symbol", source: "ground",
      layout: {
        "icon-image": ["get", "look"], "icon-allow-overlap": true, "icon-size": ["interpolate", ["linear"], ["zoom"], 4, 0.6, 7, 1],
        "text-field": ["get", "name"], "text-font": FONT, "text-size": 12.5, "text-optional": true,
        "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 1.5, "text-justify": "auto",
      },
      paint: { "text-color": look_.of("--ink"), ...halo },
    },
    {
      id: "disputes", type: "symbol", source: "disputes",
      layout: { "icon-image": "dispute", "icon-allow-overlap": true, "icon-offset": [0, -20] },
    },
    {
      id: "chosen", type: "circle", source: "chosen",
      paint: { "circle-radius": 22, "circle-opacity": 0, "circle-stroke-color": look_.of("--ink"), "circle-stroke-width": 3 },
    },
  ];
}

function listen(map: MapLibre, heard: Heard): void {
  const under = (event: MapMouseEvent) => map.queryRenderedFeatures(event.point, { layers: POINTED })[0];
  let last: string | null = null;
  let waiting: MapMouseEvent | null = null;
  const pointAt = (): void => {
    const event = waiting;
    waiting = null;
    if (!event || map.isMoving()) return;
    const found = under(event);
    map.getCanvas().style.setProperty("cursor", found ? "pointer" : "");
    const key = (found?.properties["key"] as string | undefined) ?? null;
    if (key !== last) heard.pointed((last = key));
  };
  map.on("mousemove", (event) => {
    if (event.originalEvent.buttons) return; // drawn about: nothing is pointed at
    if (!waiting) requestAnimationFrame(pointAt);
    waiting = event;
  });
  map.on("click", (event) => {
    const found = under(event);
    if (!found) return;
    const cluster = found.properties["cluster_id"] as number | undefined;
    if (cluster === undefined) return heard.chosen(String(found.properties["key"]));
    const held = map.getSource("happenings") as GeoJSONSource;
    void held.getClusterLeaves(cluster, 60, 0).then((leaves) => {
      const closer = () => map.easeTo({ center: event.lngLat, zoom: map.getZoom() + 2 });
      heard.several(leaves.map((leaf) => String(leaf.properties?.["key"])), closer);
    });
  });
  map.on("moveend", () => heard.moved());
}
