// Where things are on a map in the Web Mercator projection that tile servers share (EPSG:3857). A `Spot` is a place on the square of the whole world,
// 0 to 1 from west to east and from north to south; pixels are counted from the view's left upper corner.
// https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames

export type Place = { readonly latitude: number; readonly longitude: number }
export type Spot = { readonly x: number; readonly y: number }
export type MapFrame = { readonly centre: Spot; readonly level: number; readonly width: number; readonly height: number }
export type Tile = {
  readonly key: string
  readonly level: number
  readonly column: number
  readonly row: number
  readonly left: number
  readonly top: number
}

export const tilePixels = 256
/** Beyond this the projection has no end. */
const edgeLatitude = 85.0511

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))

export function toSpot({ latitude, longitude }: Place): Spot {
  const angle = (clamp(latitude, -edgeLatitude, edgeLatitude) * Math.PI) / 180
  return { x: longitude / 360 + 0.5, y: 0.5 - Math.log(Math.tan(Math.PI / 4 + angle / 2)) / (2 * Math.PI) }
}

export function toPlace({ x, y }: Spot): Place {
  const latitude = (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI
  const around = x - Math.floor(x)
  return { latitude, longitude: around * 360 - 180 }
}

const worldPixels = (level: number): number => tilePixels * 2 ** level

export function toPixels({ centre, level, width, height }: MapFrame, spot: Spot): { readonly left: number; readonly top: number } {
  const world = worldPixels(level)
  // The world goes round: of a point's two ways the nearer one is drawn.
  const across = spot.x - centre.x
  return { left: (across - Math.round(across)) * world + width / 2, top: (spot.y - centre.y) * world + height / 2 }
}

export function toSpotAt({ centre, level, width, height }: MapFrame, left: number, top: number): Spot {
  const world = worldPixels(level)
  return { x: centre.x + (left - width / 2) / world, y: clamp(centre.y + (top - height / 2) / world, 0, 1) }
}

/** The frame after its content was pushed by some pixels. */
export function pan(frame: MapFrame, right: number, down: number): MapFrame {
  const { x, y } = toSpotAt(frame, frame.width / 2 - right, frame.height / 2 - down)
  return { ...frame, centre: { x: x - Math.floor(x), y } }
}

/** A level nearer or further; the spot at these pixels stays where it is. */
export function zoom(frame: MapFrame, levels: number, deepest: number, left = frame.width / 2, top = frame.height / 2): MapFrame {
  const level = clamp(frame.level + levels, 0, deepest)
  const kept = toSpotAt(frame, left, top)
  const next = { ...frame, level, centre: kept }
  return level === frame.level ? frame : pan(next, left - frame.width / 2, top - frame.height / 2)
}

/** The tiles that a frame needs, and where each begins. */
export function tilesOf(frame: MapFrame): Tile[] {
  const { level, width, height } = frame
  const count = 2 ** level
  const first = toSpotAt(frame, 0, 0)
  const tiles: Tile[] = []
  const left = width / 2 - frame.centre.x * worldPixels(level)
  const top = height / 2 - frame.centre.y * worldPixels(level)
  for (let row = Math.floor(first.y * count); row < count && row * tilePixels + top < height; row++)
    for (let column = Math.floor(first.x * count); column * tilePixels + left < width; column++)
      tiles.push({
        key: `${level}/${column}/${row}`,
        level,
        column: ((column % count) + count) % count,
        row,
        left: left + column * tilePixels,
        top: top + row * tilePixels,
      })
  return tiles
}

export const toTileAddress = (template: string, { level, column, row }: Tile): string =>
  template.replaceAll('{z}', String(level)).replaceAll('{x}', String(column)).replaceAll('{y}', String(row))

/** Centre and level at which every place is in sight with a margin, at most two levels above the deepest. */
export function fitPlaces(
  places: readonly Place[],
  size: { readonly width: number; readonly height: number },
  deepest: number,
): Pick<MapFrame, 'centre' | 'level'> {
  const spots = places.map(toSpot)
  const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)]
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const room = Math.min(size.width / Math.max(east - west, 1e-9), size.height / Math.max(south - north, 1e-9)) * 0.7
  const level = clamp(Math.floor(Math.log2(room / tilePixels)), 0, Math.max(0, deepest - 2))
  return { centre: { x: (west + east) / 2, y: (north + south) / 2 }, level }
}

/** The place nearest to these pixels, within a finger's reach; undefined when none is. */
export function findPlaceAt(frame: MapFrame, places: readonly Place[], left: number, top: number, reach = 22): number | undefined {
  const far = places.map((place) => {
    const at = toPixels(frame, toSpot(place))
    return Math.hypot(at.left - left, at.top - top)
  })
  const nearest = far.indexOf(Math.min(...far))
  return nearest >= 0 && far[nearest]! <= reach ? nearest : undefined
}
