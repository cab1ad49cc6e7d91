/** A place as ODK writes it: latitude, longitude, altitude and accuracy in metres, with spaces between. */
export type GeoPoint = { readonly latitude: string; readonly longitude: string; readonly altitude: string; readonly accuracy: string }

export const blankPoint: GeoPoint = { latitude: '', longitude: '', altitude: '', accuracy: '' }

export function toGeoPoint(text: string): GeoPoint {
  const [latitude = '', longitude = '', altitude = '', accuracy = ''] = text.trim().split(/\s+/)
  return { latitude, longitude, altitude, accuracy }
}

/** The place as text; blank when nothing is typed; undefined when it is not on this planet. */
export function fromGeoPoint({ latitude, longitude, altitude, accuracy }: GeoPoint): string | undefined {
  if (latitude.trim() === '' && longitude.trim() === '') return ''
  if (!isWithin(latitude, 90) || !isWithin(longitude, 180)) return undefined
  return [latitude.trim(), longitude.trim(), altitude || '0', accuracy || '0'].join(' ')
}

function isWithin(text: string, most: number): boolean {
  return /^[+-]?\d{1,3}(?:\.\d+)?$/.test(text.trim()) && Math.abs(Number(text)) <= most
}

/** The place of a question's text as numbers; undefined when there is none or it is not on this planet. */
export function toNumbers(text: string): { readonly latitude: number; readonly longitude: number } | undefined {
  const point = toGeoPoint(text)
  return fromGeoPoint(point) ? { latitude: Number(point.latitude), longitude: Number(point.longitude) } : undefined
}

/** True when two places are the same, however their numbers are written. */
export function isSamePlace(one: GeoPoint, other: GeoPoint): boolean {
  return (['latitude', 'longitude', 'altitude', 'accuracy'] as const).every((part) => Number(one[part]) === Number(other[part]))
}

/** A place of a map to a tenth of a metre; how high it is a map does not say. */
export function fromNumbers({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }): GeoPoint {
  return { latitude: latitude.toFixed(6), longitude: longitude.toFixed(6), altitude: '', accuracy: '' }
}

/** Asks the device where it is. No map and no other computer is involved. */
export function findPlace(): Promise<GeoPoint> {
  return new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) return reject(new Error('This device does not say where it is.'))
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          latitude: coords.latitude.toFixed(6),
          longitude: coords.longitude.toFixed(6),
          altitude: (coords.altitude ?? 0).toFixed(1),
          accuracy: coords.accuracy.toFixed(1),
        }),
      reject,
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 },
    )
  })
}
