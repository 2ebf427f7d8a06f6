/** What can be wrong with a template, in French. */
import type { TemplateFault, TextFault } from '../error-values.ts'
import { quoted, t } from './fr-typography.ts'

const list = (names: readonly string[], none = 'aucune'): string => names.join(', ') || none

const SUBJECT = 'subject: "…"'
const QUOTES = t`mettez le texte entre guillemets droits, comme dans ${'subject: "Une question, {{ contact.first_name }}"'}`

/** What is wrong with a template, and what would be right. */
export function templateFaultFr(fault: TemplateFault): { message: string; remedy?: string } {
  switch (fault.kind) {
    case 'too_long':
      return { message: `le texte compte ${fault.characters} caractères`, remedy: `${fault.most} au plus` }
    case 'boundless':
      return { message: 'le rendu du texte grandit sans limite' }
    case 'no_clock':
      return { message: t`un modèle n’a pas d’horloge : ${`'${fault.word}'`} ne s’y emploie pas` }
    case 'tag_unknown':
      return {
        message: `la balise ${quoted(fault.tag)} n’existe pas`,
        remedy: t`les balises sont : ${list(fault.tags)}`,
      }
    case 'filter_unknown':
      return { message: `le filtre ${quoted(fault.filter)} n’existe pas` }
    case 'syntax':
      return {
        message: fault.says || 'le texte n’est pas écrit comme un modèle',
        ...(fault.quotes ? { remedy: QUOTES } : {}),
      }
    case 'variant_unknown':
      return {
        message: `la variante ${quoted(fault.variant)} n’existe pas`,
        remedy: t`les variantes sont : ${list(fault.variants)}`,
      }
    case 'subject_empty':
      return { message: 'l’objet du courriel est vide une fois rempli' }
    case 'body_empty':
      return { message: 'le texte du courriel est vide une fois rempli' }
    case 'comment':
      return {
        message: t`ce qui suit # dans ${fault.key} peut être un commentaire ou une partie du texte`,
        remedy: 'mettez le texte entre guillemets droits, et un commentaire derrière, ou ôtez-le',
      }
    case 'date_unclear':
      return {
        message: t`ce que reçoit ${'date'} ne se lit pas comme une seule date`,
        remedy: t`donnez-lui 2026-03-01 (01/03/2026 est en janvier ou en mars)`,
      }
    case 'condition_printed':
      return {
        message: t`${`{{ ${fault.text} }}`} est une condition : il en sort true ou false`,
        remedy: t`écrivez ${"{{ name | default: 'à vous' }}"} ou ${'{% if name %}…{% endif %}'}`,
      }
    case 'not_read':
      return {
        message: t`${quoted(fault.text)} n’est pas lu à cet endroit`,
        remedy: 'ôtez-le, ou écrivez-le en Liquid',
      }
    case 'never_equal':
      return fault.with === ''
        ? {
            message: t`${fault.variable} n’est jamais égal à un texte vide : ce qui est vide manque`,
            remedy: t`demandez ${`{% if ${fault.variable} %}`} ou ${`{% unless ${fault.variable} %}`}`,
          }
        : {
            message: `${fault.variable} est un texte, jamais égal à ${fault.with}`,
            remedy: `comparez-le avec "${fault.with}"`,
          }
    case 'and_with_or':
      return {
        message: `une condition avec ${'{% … and … or … %}'} n’est pas lue comme on l’entend`,
        remedy: `mettez un ${'{% if %}'} dans un autre`,
      }
    case 'foreign_tag':
      return {
        message: t`${quoted(fault.text)} vient des modèles d’un autre logiciel : il partirait tel quel`,
        remedy: `écrivez ${'{{ contact.first_name }}, {{ lead.company }} …'}`,
      }
    case 'html':
      return {
        message: t`${quoted(fault.text)} est du HTML, et un modèle est en Markdown : la balise se verrait`,
        remedy: t`écrivez **gras**, [mots](https://…), une ligne vide pour un paragraphe ; ${'\\<'} pour le signe lui-même`,
      }
    case 'no_front_matter':
      return {
        message: 'un modèle commence par son en-tête',
        remedy: `commencez par ---, puis ${SUBJECT}, puis ---, puis le texte`,
      }
    case 'no_subject':
      return { message: 'l’en-tête n’a pas d’objet', remedy: `ajoutez ${SUBJECT}` }
    case 'no_text':
      return {
        message: `${fault.variant === undefined ? fault.key : `la variante ${fault.variant}`} doit être un texte`,
        remedy: QUOTES,
      }
    case 'no_variants':
      return {
        message: 'les variantes sont des noms, chacun avec son objet',
        remedy: t`écrivez ${'variants: { a: "…", b: "…" }'}`,
      }
    case 'key_unknown':
      return {
        message: `l’en-tête n’a pas de clé ${quoted(fault.key)}`,
        remedy: t`les clés sont : ${list(fault.keys)}`,
      }
  }
}

/** What can't be written for somebody: `hello.fr.md:2:11`, and what of it. */
export function textFaultFr(is: TextFault): string {
  const text = 'template' in is.text ? is.text.template : `l’étape ${is.text.step}`
  const where = is.line !== undefined && 'template' in is.text ? `${text}:${is.line}:${is.column}` : text
  switch (is.kind) {
    case 'template':
      return t`${where} : ${templateFaultFr(is.fault).message}`
    case 'link':
      return t`${where} : un lien ne mènerait nulle part, il lui faut une adresse web`
    case 'value':
      return is.variable === undefined
        ? t`${where} : une valeur est vide une fois calculée`
        : t`${where} : ${is.variable} n’a pas de valeur`
    case 'language':
      return `il n’y a pas de courriel ${text} en ${is.language}`
  }
}
