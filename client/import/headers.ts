/**
 * Recognises a column by its header: `fieldOf` (known names, and columns of consents), `looksLikeEmail` (likely e-mail
 * columns). The known names are those of HubSpot (labels and internal names), Salesforce (reports and API names),
 * Pipedrive (English and French), and spreadsheets in English and French, and what people are called by in German,
 * Spanish, Italian, Dutch and Portuguese. All folded (see `foldText`), best first.
 */
import { consentOf } from './opt-out-columns.ts'
import { foldText } from './text.ts'

/** The fields a column can fill. Their names are those of `--map` and of `required`. */
export const FIELDS = [
  'email',
  'first_name',
  'last_name',
  'full_name',
  'company',
  'phone',
  'title',
  'owner',
  'country',
  'region',
  'zone',
  'locale',
  'role',
  'source',
  'status',
  'external_id',
  'email_status',
  'marketing_status',
  'opted_out',
  'opted_in',
] as const
export type Field = (typeof FIELDS)[number]

const SYNONYMS: Record<Field, string> = {
  email:
    'email;e mail;email address;e mail address;adresse e mail;adresse email;adresse mail;adresse electronique;courriel;mail;email work;e mail work;work email;email travail;e mail travail;email professionnel;e mail professionnel;email pro;mail pro;mail professionnel;business email;professional email;email main;email home;e mail home;email domicile;e mail domicile;email other;e mail other;email autre;e mail autre;personal email;e mail adresse;emailadresse;mailadresse;correo electronico;correo;direccion de correo electronico;indirizzo email;indirizzo e mail;posta elettronica;e mailadres;emailadres;endereco de email;endereco de e mail',
  first_name:
    'first name;firstname;given name;forename;prenom;prenoms;first;vorname;nombre de pila;voornaam;primeiro nome',
  last_name:
    'last name;lastname;surname;family name;nom de famille;nom famille;nom usuel;last;nachname;familienname;zuname;apellido;apellidos;cognome;achternaam;sobrenome;apelido',
  full_name:
    'full name;fullname;nom complet;prenom nom;prenom et nom;nom prenom;nom et prenom;nom prenoms;contact name;nom du contact;person name;contact;contact person;interlocuteur;lead name;name;nom;nome',
  company:
    'associated company;primary associated company;company;company account;company name;account name;account;organization;organisation;organization name;organisation name;societe;entreprise;nom de la societe;nom de l entreprise;nom societe;nom entreprise;raison sociale;compte;nom du compte;employer;employeur;etablissement;societe compte;firma;firmenname;unternehmen;empresa;nombre de la empresa;azienda;ragione sociale;bedrijf;bedrijfsnaam',
  phone:
    'phone number;phone;telephone;tel;phone work;telephone travail;work phone;business phone;numero de telephone;no de telephone;n de telephone;telephone professionnel;telephone fixe;mobile phone number;mobile phone;mobile;phone mobile;telephone mobile;telephone portable;portable;gsm;phone home;phone other;home phone;hs whatsapp phone number;telefon;telefonnummer;mobil;mobiltelefon;telefono;movil;cellulare;telefoon;telefoonnummer;telefone;celular',
  title:
    'job title;jobtitle;title;fonction;poste;intitule du poste;intitule de poste;titre du poste;titre de poste;position;job;metier;titre;funktion;berufsbezeichnung;puesto;funzione;functie',
  owner:
    'contact owner;lead owner;account owner;owner;record owner;owner name;hubspot owner id;proprietaire du contact;proprietaire de la piste;proprietaire;commercial;vendeur;account manager;sales rep;charge d affaires',
  country:
    'country;country region;pays;pays region;country code;pays code;code pays;country name;mailing country;billing country;company country;pais;paese',
  region:
    'region;state;state region;state province;state or province;state code;province;etat region;etat province;bundesland;canton;kanton;mailing state;mailing state province;billing state;billing state province;company state;region code;code region;subdivision',
  zone: 'time zone;timezone;hs timezone;fuseau horaire;fuseau;tz;time zone sid key',
  locale:
    'preferred language;language;hs language;langue preferee;langue;locale;lang;langue de contact;language code;sprache;idioma;lingua;taal',
  role: 'buying role;hs buying role;role d achat;role dans l achat;role in deal;contact role;role',
  source:
    'lead source;source;original source;original traffic source;hs analytics source;source du lead;origine;origine de la piste;provenance;source d origine',
  status: 'lead status;status;hs lead status;statut;statut de la piste;statut du lead;etat;contact status',
  external_id:
    'record id;record id contact;lead id;contact id;person id;hs object id;id;external id;crm id;identifiant;id externe;case safe id',
  email_status: 'email status;email verification status;statut email;statut e mail',
  marketing_status:
    'marketing status;statut marketing;email marketing status;subscription status;email subscription status;consent status;email marketing',
  opted_out: 'opted out',
  opted_in:
    'opt in;optin;opted in;opt in email;email opt in;marketing opt in;consent;marketing consent;email consent;gdpr consent;consentement;consentement rgpd;consentement marketing;accord;accepte les emails',
}

const FIELD_OF = new Map<string, { field: Field; rank: number }>(
  FIELDS.flatMap((field) =>
    [foldText(field), ...SYNONYMS[field].split(';')].map((word, rank) => [word, { field, rank }] as const),
  ),
)

/**
 * The field a header names, and how well (0 is best); undefined for a column of the team's own.
 * `Person - Email - Work` (Pipedrive) is read as `Email - Work`.
 */
export function fieldOf(header: string): { field: Field; rank: number } | undefined {
  const words = foldText(header.replace(/^(?:person|personne|lead|prospect|contact)\s+-\s+/i, ''))
  const exact = FIELD_OF.get(words)
  if (exact !== undefined) return exact
  const field = consentOf(words)
  return field === undefined ? oneOfSeveral(words) : { field, rank: 0 }
}

/** Which of several it is: by its number, as in "E-mail 2 - Value" and "email1", or by a word. */
const PLACES: readonly [RegExp, place: number][] = [
  [/\b(?:primary|main|principale?|primare|hauptadresse)\b/, 1],
  [/\b(?:secondary|secondaire|secondaria|secundari[ao]|sekundare|alternative?|alternate|additional)\b/, 2],
]

/** Addresses and telephones come in series, in address books and elsewhere; those of lower places count first. */
function oneOfSeveral(words: string): { field: Field; rank: number } | undefined {
  const [, before = '', digit = '', after = ''] = /^(.*?) ?([1-9])(?: (.*))?$/.exec(words) ?? []
  const [mark, place] = PLACES.find(([word]) => word.test(words)) ?? []
  const bare = digit ? `${before} ${after.replace(/^value$/, '')}` : mark ? words.replace(mark, ' ') : ''
  const found = FIELD_OF.get(bare.replace(/ +/g, ' ').trim())
  if (found?.field !== 'email' && found?.field !== 'phone') return undefined
  return { field: found.field, rank: found.rank + 100 * (place ?? Number(digit)) }
}

/** A header that may well hold the lead's address, when none is called so: "Contact e-mail (pro)". */
export function looksLikeEmail(header: string): boolean {
  const words = foldText(header)
  return (
    /\b(?:email|e mail|mail|courriel)\b/.test(words) &&
    !/\b(?:owner|domain|domaine|date|last|first|sent|opened|clicked|delivered|count|number|open|click|manager|assistant|proprietaire|commercial|confirm\w*|status|statut|verif\w*|type|additional|recent)\b/.test(
      words,
    )
  )
}
