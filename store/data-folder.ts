/** The data folder as it is found: whether it can be written to, and what it has of an embedded database. */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { FolderFault } from '../cadence/error-values.ts'
import { RelanceError } from '../cadence/errors.ts'

/** Less than this, and PostgreSQL can't begin: a segment of its log has 16 MB, and one is made in advance. */
const LEAST_FREE = 20 * 1024 * 1024

const FAULTS: Record<string, FolderFault> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read_only',
  EACCES: 'denied',
  EPERM: 'denied',
  ENOTDIR: 'not_a_folder',
  EEXIST: 'not_a_folder',
}

/**
 * Makes the folder where there is none, and tries that it can be written to.
 * @throws RelanceError `data_folder_unusable`
 */
export function useFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    const probe = join(folder, `probe.${process.pid}`)
    try {
      writeFileSync(probe, 'a file system that is full takes a name, and no content')
    } finally {
      rmSync(probe, { force: true })
    }
  } catch (error) {
    const fault = FAULTS[(error as NodeJS.ErrnoException).code ?? '']
    if (fault === undefined) throw error
    throw new RelanceError('data_folder_unusable', { folder, fault }, { cause: error })
  }
}

/** Set while a database is made for the first time: nobody has been promised anything of it yet. */
const MARK = 'pg.unborn'

/** What a running PostgreSQL can't do without, of all the files that one has. */
const PARTS = ['PG_VERSION', 'base', 'global', 'global/pg_control', 'pg_wal', 'pg_xact']

/**
 * Opens the database of a data folder, made anew where there is none or where making it was cut off.
 *
 * PGlite makes a new database wherever it finds no `PG_VERSION`, over whatever else is there; and of a damaged one it
 * says no more than that it could not be initialized.
 *
 * @param open - opens, and makes where there is nothing
 * @throws RelanceError `database_damaged`, `data_folder_foreign`, `data_folder_unusable`; what `open` throws
 */
export async function openDatabaseIn<T>(dataDir: string, open: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(dataDir, 'pg')
  const mark = join(dataDir, MARK)
  if (existsSync(mark)) rmSync(folder, { recursive: true, force: true })
  const isNew = isEmpty(folder)
  if (isNew) writeFileSync(mark, '')
  else mustBeWhole(folder)
  try {
    const opened = await open(folder)
    rmSync(mark, { force: true })
    return opened
  } catch (error) {
    if (error instanceof RelanceError) throw error
    const { bavail, bsize } = statfsSync(dataDir)
    if (bavail * bsize < LEAST_FREE) {
      throw new RelanceError('data_folder_unusable', { folder: dataDir, fault: 'full' }, { cause: error })
    }
    if (isNew) throw error
    const says = error instanceof Error ? error.message : ''
    throw new RelanceError('database_damaged', { folder, missing: [], says }, { cause: error })
  }
}

function mustBeWhole(folder: string): void {
  const missing = PARTS.filter((part) => !existsSync(join(folder, part)))
  if (missing.length === PARTS.length) throw new RelanceError('data_folder_foreign', { path: folder })
  if (missing.length > 0) throw new RelanceError('database_damaged', { folder, missing })
}

const isEmpty = (folder: string): boolean => !existsSync(folder) || readdirSync(folder).length === 0
