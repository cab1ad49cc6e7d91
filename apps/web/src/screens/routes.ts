// What a screen's route says about itself. Each room under screens/ may hold a routes.ts that exports `routes`; the router gathers them.
import type { Role } from '@attune/policy'
import type { RouteRecordRaw } from 'vue-router'
import type { MessageKey } from '../messages/index.ts'
import type { NavPlace } from '../shell/places.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Title of the page until its heading says it better. */
    title?: MessageKey
    /** Anybody may open it. */
    open?: true
    /** Signed in with the first step at least: enrolment and the second step. */
    half?: true
    /** Works with no connection and needs the vault open: drafts, forms, what waits. */
    onDevice?: true
    /** Roles that may open it; left out means every role. The server decides anyway. */
    roles?: readonly Role[]
    /** A place in the main navigation. */
    nav?: NavPlace
    /** Wide tables want the room. */
    wide?: true
  }
}

const rooms = import.meta.glob<{ routes: RouteRecordRaw[] }>('./*/routes.ts', { eager: true })

export const roomRoutes: readonly RouteRecordRaw[] = Object.values(rooms).flatMap((room) => room.routes)
