// Whoever keeps the secrets of epochs outside the databases. A copy of the keyring opens only while its epoch's secret stands.

export type EpochKeeper = {
  /** Its name in the keyring: an epoch is opened by the keeper that closed it. */
  readonly id: string
  /** Makes a secret for an epoch and returns what it is called from now on. */
  readonly create: (epoch: number) => Promise<string>
  readonly wrap: (reference: string, content: Uint8Array) => Promise<Buffer>
  readonly unwrap: (reference: string, wrapped: Uint8Array) => Promise<Buffer>
  /** The secret itself, when it is a thing that people have to keep a copy of; nobody can take one out of a key management service. */
  readonly copy?: (reference: string) => Promise<Buffer>
  /** Destroys the secret. What it wrapped never opens again. To destroy one that is gone already is no error. */
  readonly destroy: (reference: string) => Promise<void>
}

/** The keepers of an installation: new epochs go to the first, old ones stay with theirs until the next rotation. */
export type EpochKeepers = readonly [EpochKeeper, ...EpochKeeper[]]
