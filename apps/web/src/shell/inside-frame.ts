import type { InjectionKey } from 'vue'

/** Provided where a screen is shown inside a frame on another screen: it then names no tab and takes no focus when it first opens. */
export const insideFrame: InjectionKey<true> = Symbol('inside a frame')
