/** A database for a test file: PGlite always, and PostgreSQL where `TEST_DATABASE_URL` names a server. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from '@jest/globals'
import pg from 'pg'
import { openStore, type Store } from '../../store/open.ts'
import { copyEmptyDatabase } from './empty-database.ts'

export const KINDS: Store['kind'][] = process.env.TEST_DATABASE_URL ? ['pglite', 'postgres'] : ['pglite']

/** Opens a new, empty one; closing it removes it. */
export function openDatabase(kind: Store['kind'] = 'pglite'): Promise<Store> {
  return kind === 'pglite' ? openEmbedded() : openOnServer()
}

/**
 * A new database of each kind for a test file, as rows of `describe.each`; they are closed when its tests are over.
 * Call it at the top of the file.
 */
export async function openDatabases(): Promise<[kind: Store['kind'], store: Store][]> {
  const stores = await Promise.all(KINDS.map((kind) => openDatabase(kind)))
  afterAll(() => Promise.all(stores.map((store) => store.close())))
  return stores.map((store) => [store.kind, store])
}

async function openEmbedded(): Promise<Store> {
  const dataDir = mkdtempSync(join(tmpdir(), 'relance-store-'))
  await copyEmptyDatabase(dataDir)
  const store = await openStore({ dataDir })
  const close = async (): Promise<void> => {
    await store.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { ...store, close }
}

async function openOnServer(): Promise<Store> {
  const server = process.env.TEST_DATABASE_URL ?? ''
  const name = `relance_${process.pid}_${Math.random().toString(36).slice(2)}`
  const ask = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  await ask(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const store = await openStore({ url: url.href })
  const close = async (): Promise<void> => {
    await store.close()
    await ask(`drop database ${name}`)
  }
  return { ...store, close }
}
