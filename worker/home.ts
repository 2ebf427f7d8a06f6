/** The data folder: where it is, and the paths of what is in it. */
import { join, resolve } from 'node:path'

export interface Home {
  folder: string
  /** The API's address and process while one runs on this folder. */
  server: string
  /** The API's bearer token, made at the first start, readable by its owner only. */
  token: string
  log: string
  /** The empty Temporal server that the files of Temporal's UI are read from. */
  uiFiles: string
  /** What the built-in inbox received, as .eml files. */
  inbox: string
  /** What the local bank still has to say. */
  bank: string
}

/** `RELANCE_HOME`, else `.relance` in the working directory. */
export function homeOf(env: NodeJS.ProcessEnv = process.env, cwd = process.cwd()): Home {
  return homeAt(resolve(cwd, env.RELANCE_HOME || '.relance'))
}

export const homeAt = (folder: string): Home => ({
  folder,
  server: join(folder, 'server.json'),
  token: join(folder, 'token'),
  log: join(folder, 'relance.log'),
  uiFiles: join(folder, 'temporal-ui'),
  inbox: join(folder, 'inbox'),
  bank: join(folder, 'bank'),
})
