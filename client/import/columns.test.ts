import { describe, expect, test } from '@jest/globals'
import { type Columns, parseMap, recognise } from './columns.ts'

/** Field → the columns that fill it, in their order. */
function told({ of, custom, names }: Columns): Record<string, string> {
  const fields = Object.entries(of).map(([field, at]) => [field, at.map((i) => names[i]).join(', ')])
  return Object.fromEntries([...fields, ...custom.map(({ name, index }) => [name, names[index]])])
}

const guess = (header: string, map?: Record<string, string>): Record<string, string> =>
  told(recognise(header.split('|'), map))

describe('recognise', () => {
  test('HubSpot, by label and by internal name', () => {
    expect(
      guess(
        'Record ID|First Name|Last Name|Email|Phone Number|Mobile Phone Number|Contact owner|Lead Status|Associated Company|Job Title|Time Zone|Country/Region|Preferred language|Buying Role|Unsubscribed from all email|Opted out of email: One to One|Email hard bounce reason|Marketing contact status',
      ),
    ).toEqual({
      external_id: 'Record ID',
      first_name: 'First Name',
      last_name: 'Last Name',
      email: 'Email',
      phone: 'Phone Number, Mobile Phone Number',
      mobile_phone_number: 'Mobile Phone Number',
      owner: 'Contact owner',
      status: 'Lead Status',
      lead_status: 'Lead Status',
      company: 'Associated Company',
      title: 'Job Title',
      zone: 'Time Zone',
      country: 'Country/Region',
      locale: 'Preferred language',
      role: 'Buying Role',
      opted_out: 'Unsubscribed from all email, Opted out of email: One to One, Email hard bounce reason',
      marketing_contact_status: 'Marketing contact status',
    })
    expect(guess('firstname|email|jobtitle|hs_timezone|hs_buying_role|hs_email_optout|hs_language')).toEqual({
      first_name: 'firstname',
      email: 'email',
      title: 'jobtitle',
      zone: 'hs_timezone',
      role: 'hs_buying_role',
      opted_out: 'hs_email_optout',
      locale: 'hs_language',
    })
  })

  test('address books: of numbered columns the first counts, of several kinds the primary one', () => {
    expect(
      guess('E-mail 2 - Value|E-mail 1 - Value|E-mail 1 - Type|Phone 1 - Value|Address 1 - City'),
    ).toEqual({
      email: 'E-mail 1 - Value, E-mail 2 - Value',
      phone: 'Phone 1 - Value',
      e_mail_2_value: 'E-mail 2 - Value',
      e_mail_1_type: 'E-mail 1 - Type',
      address_1_city: 'Address 1 - City',
    })
    expect(guess('Secondary Email|Primary Email').email).toBe('Primary Email, Secondary Email')
    expect(guess('Email 2|Email|Email 2 opt out')).toMatchObject({
      email: 'Email, Email 2',
      opted_out: 'Email 2 opt out',
    })
    expect(() => guess('Email opt out|Name')).toThrow(
      expect.objectContaining({ code: 'csv_no_email_column' }),
    )
  })

  test.each([
    ['Vorname|Nachname|E-Mail-Adresse|Firma', 'Vorname', 'Nachname'],
    ['NOMBRE|APELLIDOS|Correo electrónico|Empresa', 'NOMBRE', 'APELLIDOS'],
    ['Nome|Cognome|Indirizzo e-mail|Azienda', 'Nome', 'Cognome'],
    ['Voornaam|Achternaam|E-mailadres|Bedrijf', 'Voornaam', 'Achternaam'],
  ])('%s', (header, first_name, last_name) => {
    const [, , email, company] = header.split('|')
    expect(guess(header)).toEqual({ first_name, last_name, email, company })
  })

  test('Salesforce, a report and the API’s names', () => {
    expect(
      guess('Lead ID|First Name|Title|Company / Account|Email|Lead Source|Email Opt Out|Do Not Call'),
    ).toEqual({
      external_id: 'Lead ID',
      first_name: 'First Name',
      title: 'Title',
      company: 'Company / Account',
      email: 'Email',
      source: 'Lead Source',
      opted_out: 'Email Opt Out',
      do_not_call: 'Do Not Call',
    })
    expect(guess('Id|Name|FirstName|LastName|Email|MobilePhone|HasOptedOutOfEmail|AnnualRevenue')).toEqual({
      external_id: 'Id',
      full_name: 'Name',
      first_name: 'FirstName',
      last_name: 'LastName',
      email: 'Email',
      phone: 'MobilePhone',
      opted_out: 'HasOptedOutOfEmail',
      annual_revenue: 'AnnualRevenue',
    })
  })

  test('Pipedrive', () => {
    expect(
      guess(
        'Person - ID|Person - Name|Person - Email - Home|Person - Email - Work|Person - Phone - Work|Person - Organization|Person - Owner|Person - Labels|Person - Marketing status',
      ),
    ).toEqual({
      external_id: 'Person - ID',
      full_name: 'Person - Name',
      email: 'Person - Email - Work, Person - Email - Home',
      email_home: 'Person - Email - Home',
      phone: 'Person - Phone - Work',
      company: 'Person - Organization',
      owner: 'Person - Owner',
      labels: 'Person - Labels',
      marketing_status: 'Person - Marketing status',
    })
  })

  test('a French spreadsheet', () => {
    expect(
      guess('Prénom|NOM|Société|Adresse e-mail|Téléphone|Pays|Fonction|Désinscrit le|Remarques'),
    ).toEqual({
      first_name: 'Prénom',
      last_name: 'NOM',
      company: 'Société',
      email: 'Adresse e-mail',
      phone: 'Téléphone',
      country: 'Pays',
      title: 'Fonction',
      opted_out: 'Désinscrit le',
      remarques: 'Remarques',
    })
  })

  test('"Nom" is a whole name where there is no first name', () => {
    expect(guess('Nom|Courriel').full_name).toBe('Nom')
    expect(recognise(['Nom et prénom', 'Courriel']).familyFirst).toBe(true)
    expect(recognise(['Prénom et nom', 'Courriel']).familyFirst).toBe(false)
  })

  test('a lone column that speaks of mail will do; two are not guessed between', () => {
    expect(guess('Contact (e-mail pro.)|Société').email).toBe('Contact (e-mail pro.)')
    expect(() => guess('E-mail du siège|E-mail du gérant')).toThrow(
      expect.objectContaining({
        code: 'csv_no_email_column',
        values: { columns: ['E-mail du siège', 'E-mail du gérant'], more: 0 },
      }),
    )
  })

  test('a column of regions is kept under its own name, too', () => {
    expect(told(recognise(['Email', 'Region', 'State/Province']))).toEqual({
      email: 'Email',
      region: 'Region',
      state_province: 'State/Province',
    })
    const { of, custom } = recognise(['Email', 'Region', 'Land'], { region: 'Land' })
    expect([of.region, custom.map(({ name }) => name)]).toEqual([[2], ['region', 'land']])
  })

  test('custom names never collide', () => {
    expect(guess('Email|Annual Revenue|annual-revenue|Custom: Email|会社')).toEqual({
      email: 'Email',
      annual_revenue: 'Annual Revenue',
      annual_revenue_2: 'annual-revenue',
      custom_email: 'Custom: Email',
      column_5: '会社',
    })
    expect(guess('Email|Courriel')).toEqual({ email: 'Email, Courriel', courriel: 'Courriel' })
    expect(guess('Person - Email|email')).toEqual({ email: 'Person - Email, email', email_2: 'email' })
  })
})

describe('a mapping', () => {
  test('takes its column from the guess, and its field', () => {
    expect(guess('Email|Contact e-mail|Société', { email: 'contact E-MAIL' })).toEqual({
      email: 'Contact e-mail',
      email_2: 'Email',
      company: 'Société',
    })
  })

  test('knows fields by other names, and makes fields of one’s own', () => {
    expect(guess('Email|A|B|C', { firstName: 'A', fonction: 'B', 'Zone tarifaire': 'C' })).toEqual({
      email: 'Email',
      first_name: 'A',
      title: 'B',
      zone_tarifaire: 'C',
    })
  })

  test('never maps an opt-out away', () => {
    const columns = recognise(['Email', 'Opt out', 'STOP liste'], { opted_out: 'STOP liste' })
    expect(columns.of.opted_out).toEqual([2, 1])
  })

  test('of a column that is not there suggests one that is', () => {
    expect(() => guess('Email|Prénom|Nom', { first_name: 'Prenon' })).toThrow(
      expect.objectContaining({
        code: 'csv_unknown_column',
        values: { column: 'Prenon', meant: 'Prénom', columns: ['Email', 'Prénom', 'Nom'], more: 0 },
      }),
    )
  })

  test.each([
    [{ frist_name: 'A' }, { kind: 'slip', name: 'frist_name', meant: 'first_name' }],
    [
      { email: 'A', 'E-mail': 'B' },
      { kind: 'twice', name: 'email' },
    ],
    [{ '???': 'A' }, { kind: 'no_name', name: '???' }],
    [{ Nom: 'A' }, { kind: 'whole_or_last', name: 'Nom' }],
  ])('%j is refused', (map, fault) => {
    expect(() => guess('A|B', map as Record<string, string>)).toThrow(
      expect.objectContaining({ code: 'map_invalid', values: expect.objectContaining(fault) }),
    )
  })

  test('is read from pairs', () => {
    expect(parseMap(['email=Adresse mail', ' title = Rôle = fonction '])).toEqual({
      email: 'Adresse mail',
      title: 'Rôle = fonction',
    })
    for (const pairs of [['email'], ['=x'], ['email='], ['email=A', 'email=B']]) {
      expect(() => parseMap(pairs)).toThrow(expect.objectContaining({ code: 'map_invalid' }))
    }
  })
})
