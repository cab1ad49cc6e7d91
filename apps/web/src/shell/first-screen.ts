// The browser itself puts the focus at the top of the first page it loads; only later screens move it.
let screens = 0

export function noteScreen(): void {
  screens += 1
}

export function isFirstScreen(): boolean {
  return screens <= 1
}
