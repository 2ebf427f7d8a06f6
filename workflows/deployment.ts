/** The Temporal deployment that all of Relance's workers belong to; the build id says which code one of them runs. */
export const DEPLOYMENT = 'relance'
