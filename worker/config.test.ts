import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { RelanceError } from '../cadence/errors.ts'
import { sayError } from '../cadence/reasons/errors.ts'
import { loadConfig, parseConfig } from './config.ts'

const read = (text: string, env: NodeJS.ProcessEnv = {}, secrets = true) =>
  parseConfig(text, { file: '/x/relance.yaml', env, secrets, shown: 'relance.yaml' })

function problems(text: string, env: NodeJS.ProcessEnv = {}): string[] {
  try {
    read(text, env)
  } catch (error) {
    if (error instanceof RelanceError) return sayError(error, 'en').message.split('\n')
    throw error
  }
  return []
}

const claire = `mailboxes:
  claire:
    from: Claire Vasseur <claire@atelier.example>
    smtp: smtps://claire:\${CLAIRE_PASSWORD}@mail.example:465
    spacing: 45s
    per_day: 120
`

describe('relance.yaml', () => {
  test('a mailbox, its secret from the environment', () => {
    expect(read(claire, { CLAIRE_PASSWORD: 'pw' }).mailboxes).toEqual({
      claire: {
        from: { name: 'Claire Vasseur', email: 'claire@atelier.example' },
        smtp: 'smtps://claire:pw@mail.example:465',
        spacing: 45_000,
        perDay: { count: 120, zone: 'UTC' },
      },
    })
  })

  test("its day is a zone's, UTC's where none is named", () => {
    const zoned = `${claire}    zone: America/Los_Angeles\n`
    expect(read(zoned, { CLAIRE_PASSWORD: 'pw' }).mailboxes.claire?.perDay).toEqual({
      ...{ count: 120, zone: 'America/Los_Angeles' },
    })
    expect(problems(zoned.replace('America/Los_Angeles', 'Mars/Olympus'))).toContain(
      'relance.yaml:7:11  mailboxes.claire.zone is not a time zone, write one like Europe/Paris or America/Los_Angeles',
    )
  })

  test('nothing has to be in it', () => {
    expect(read('')).toEqual({
      file: '/x/relance.yaml',
      mailboxes: {},
      credit: {},
      api: { host: '127.0.0.1' },
    })
  })

  test('a missing secret says which, where and for what', () => {
    expect(problems(claire)).toEqual([
      'relance.yaml:4:11  the environment variable CLAIRE_PASSWORD is not set, which mailboxes.claire.smtp needs',
    ])
  })

  test('verbs that send nothing need no secret', () => {
    expect(Object.keys(read(claire, {}, false).mailboxes)).toEqual(['claire'])
    const whole = claire.replace(/smtps:.*/, `\${SMTP}`)
    expect(Object.keys(read(whole, {}, false).mailboxes)).toEqual(['claire'])
  })

  test('every error at once, with its place', () => {
    const text = `mailboxes:
  claire:
    form: claire@atelier.example
    smtp: mail.example
    spacing: soon
    per_day: none
api: { port: 99999 }
sender: x
`
    expect(problems(text)).toEqual([
      'relance.yaml:3:5  mailboxes.claire.from is missing',
      'relance.yaml:4:11  mailboxes.claire.smtp is not an SMTP URL, write one like smtps://user:password@mail.example:465',
      'relance.yaml:5:14  mailboxes.claire.spacing is not a time, write one like 20s or 2m',
      'relance.yaml:6:14  mailboxes.claire.per_day must be a number',
      'relance.yaml:3:5  there is no key "form" here, did you mean from?',
      'relance.yaml:7:14  api.port is too big, write at most 65535',
      'relance.yaml:8:1  there is no key "sender" here, its keys are mailboxes, credit and api',
    ])
  })

  test('what is no mapping, no YAML or no address is refused', () => {
    expect(problems('- a')).toEqual(['relance.yaml:1:1  the file must be a mapping'])
    expect(problems('mailboxes: [')[0]).toMatch(/^relance.yaml:\d+:\d+ {2}/)
    expect(problems('mailboxes: { a: { from: "a@b.example, c@d.example" } }')[0]).toContain(
      'is not an address',
    )
    expect(problems('mailboxes: { a b: { from: a@b.example } }')[0]).toContain('is no name')
  })

  test('is found in the data folder first, then in the working directory', () => {
    const [home, cwd] = [mkdtempSync(join(tmpdir(), 'home-')), mkdtempSync(join(tmpdir(), 'cwd-'))]
    expect(loadConfig({ home, cwd, env: {} })).toEqual({
      mailboxes: {},
      credit: {},
      api: { host: '127.0.0.1' },
    })
    writeFileSync(join(cwd, 'relance.yaml'), 'api: { port: 1 }')
    expect(loadConfig({ home, cwd, env: {} }).api.port).toBe(1)
    writeFileSync(join(home, 'relance.yaml'), 'api: { port: 2 }')
    expect(loadConfig({ home, cwd, env: {} }).api.port).toBe(2)
    expect(() => loadConfig({ home, cwd, env: { RELANCE_CONFIG: 'nowhere.yaml' } })).toThrow(
      expect.objectContaining({ code: 'config_missing', values: { file: join(cwd, 'nowhere.yaml') } }),
    )
  })
})
