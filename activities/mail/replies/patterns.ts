/**
 * The words by which servers say whose fault it is: from RFC 3463, 5321 and 7505, and from what the large providers and
 * mail programs publish or are known to say (`test/cases/data-and-mail/replies.txt` has them with their sources). They
 * are matched in this order, in lower case, without addresses: what is about us comes before what is about a recipient,
 * so that a reply which could be either is ours.
 */
import type { MailFault } from '../../../cadence/mail-faults.ts'

const any = (...parts: string[]): RegExp => new RegExp(parts.join('|'))

/** Come back later, whatever the code is. */
export const LATER = any(
  'try again (later|in|slower|after)',
  'temporar(y|ily) (server|system|local|dns|lookup)',
)

/**
 * Passing, whatever the code is and whoever is named: greylisting, and a recipient who gets too much at once, which is
 * neither a full mailbox nor our mailbox's own quota.
 */
export const PASSING = any(
  'gr[ae]y-? ?list',
  'receiving (mail|e-?mail|messages) (too quickly|at a rate)',
  '(recipient|user|mailbox)\\b.{0,30}exceeded\\b.{0,30}(message rate|messages they can receive)',
  'messages they can (receive|send to this recipient)',
  'queue quota',
)

/** The recipient's mailbox is there, and switched off: "blocked" or "invalid" beside it says nothing else. */
export const SWITCHED_OFF = any(
  '(?<!your )(mailbox|account|user|address)( \\S+){0,3} (is|was|has been) (blocked|locked|suspended|disabled|deactivated) (due to|because of|for) (inactivity|non-?use|long)',
  'inactive mail ?box',
  '(?<!your )(account|mailbox) (is|was|has been) (disabled|deactivated|suspended)\\.?$',
)

/** The recipient takes letters of their own people only: nothing is wrong with our login. */
export const INSIDERS_ONLY = any(
  'resolver\\.rst\\.(authrequired|notauthorized|sendernotauthenticated)',
  'allowed-senders? list',
  'sender (was )?not authenticated (for|by)',
  'closed mailing list',
  'members-only',
  'only accept(s|ing)? (mail|messages) from',
  '(user|recipient) (is )?(not accepting|refuses to accept|rejects?) (mail|messages|e-?mail)? ?from you',
  'blocked by (the )?recipient',
  'recipient( \\w+)? (does not|doesn.t) want',
  'rejected by recipient',
  'envelope blocked',
  'block policy for',
  'manually blocked senders?',
  'blocked senders policy',
)

export const OURS: readonly (readonly [MailFault, RegExp])[] = [
  ['block_list', any('unusual rate', 'unsolicited (mail|e?-?mail|bulk)? ?(originating|from your)')],
  ['sender', any('sender verif', 'verification failed for <', 'callback setup failed', 'as a valid sender')],
  [
    'relay',
    any(
      'relay(ing)?( access| mail| service)?( is| was)? ?(denied|not (permitted|allowed)|prohibited|rejected|refused|disallowed|forbidden)',
      '(unable|not (permitted|allowed|authori[sz]ed|configured)|refus\\w+|denied|cannot|can.?t|won.?t) to relay',
      'no relay(ing)?\\b',
      'as a relay\\b|relay(ing)?( mail)? to \\S+ (is )?(not|denied|prohibited)',
      'not an? (open )?relay',
      'open relay (is )?not',
      'insecure mail relay',
      'rcpthosts',
      'not (a )?gateway',
      'we (do ?n.t|do not) (relay|handle mail for)',
      'credentials for relay',
      'authorized to send e?-?mail directly',
      'relais (refus|interdit|non autoris)',
      'relay(ing)? nicht (erlaubt|gestattet)',
      'tenantattribution',
    ),
  ],
  [
    'quota',
    any(
      '(sending|send|submission|relay|outgoing|outbound|24-hour|hourly|per-hour|daily)( \\w+){0,3} (limit|quota)s?\\b.{0,40}(exceeded|reached|over)',
      '(exceed\\w*|reached|over)( \\w+){0,4} (sending|send|submission|outgoing|outbound|24-hour|hourly|daily|per hour|per day)\\b.{0,40}(limit|quota|rate|allowance)?',
      '(limit|quota|rate) (on|for|of)( the number of)?( allowed)? (sending|outgoing|sent|messages|recipients per)',
      'sen(d|der|ding) (frequency|rate) (is )?limit',
      'max(imum)? (number of )?(e-?mails?|messages|recipients) per (hour|day|month)',
      'emails per (hour|day)',
      'tenant has exceeded threshold',
      'too many (messages|e-?mails) (sent|from (this|your) (account|user|sender|mailbox))',
      'maximum sending rate',
      'sending rate|(sending|outgoing (mail|e-?mail|messages)\\b.{0,60}) (has been|is) (suspended|disabled|paused|blocked)',
      'account( is|.s)? (sending|not allowed to send)',
      'quota (d.envoi|journalier)',
      'limite d.envoi',
      'versandlimit|sendelimit',
    ),
  ],
  [
    'authentication',
    any(
      '\\bspf\\b',
      'sender policy framework',
      '\\bdkim\\b',
      '\\bdmarc\\b',
      '\\barc\\b .{0,20}fail',
      'unauthenticated (e-?mail|mail|message|sender)',
      'sender is unauthenticated',
      'required authentication level',
      'reverse[- ]?(dns|hostname|lookup|path name)',
      '\\br?dns (record|lookup|name)',
      '\\bptr\\b',
      'cannot find your (reverse )?hostname',
      'name lookup failed',
      '\\b(helo|ehlo)\\b',
    ),
  ],
  [
    'connection',
    any('requires? (encryption|tls|high-strength)|tls (is )?required|must use tls|senders to use tls'),
  ],
  [
    'login',
    any(
      '(authentication|auth|login|logon|smtp auth|anmeldung|authentification)( is| was|e?)? (required|needed|necessary|failed|failure|unsuccessful|invalid|denied|rejected|missing|incorrect|requise|erforderlich|fehlgeschlagen|échou)',
      'requires? (smtp )?(auth|login|password)',
      '(must|have to|need to|please|should) (first )?(be )?(authenticat|log ?in|login|sign in)',
      '(not|never|wasn.t|without) (been )?(authenticat|logged in)',
      'authenticate first|log ?in first',
      '(mot de passe|password|username|credentials?|user name|passwort|kennwort)',
      'pop before smtp|check (your )?mail first|pop3? first',
      'starttls command first|must issue a starttls',
      '(account|user|mailbox) (is |was |has been )?(locked|blocked|suspended|disabled) (for|from|due to) (sending|send|outgoing|spam|abuse|security)',
      'your (e-?mail |sending )?(account|mailbox)( \\w+){1,3} (locked|blocked|suspended|disabled|deactivated|restricted)',
      'expired (token|password)|token (expired|invalid)',
    ),
  ],
  [
    'block_list',
    any(
      'block ?-?list',
      'black ?-?list',
      'deny ?-?list',
      'blocked (using|by(?! (spamassassin|content|policy|the filter))|for|due|from(?! sending)|at|-? ?see|until)',
      '(ip|client|host|server|network|address|domain|netblock|sender|you)\\b.{0,60}(is|are|was|were|has been|have been)( (?!not\\b)\\w+)? (blocked|banned|listed|blacklisted|denied|refused)',
      'banned sending ip|banned sender|banned sending',
      'spamhaus|spamcop|barracuda(central)?|sorbs|cloudmark|senderscore|uceprotect|abuseat|proofpoint|invaluement|abusix|surbl|uribl|rbl\\b|dnsbl|\\bpbl\\b|\\bxbl\\b|\\bsbl\\b|\\bdbl\\b',
      '(poor|bad|low|no|negative|none/bad) ((email|ip|domain|sender) )?(address )?reputation',
      'reputation',
      'mail from (your )?(ip|server|host|network)',
      '(mail|messages|e-?mail|connections?|traffic)( is| are| was| were)? (will )?(not|no longer) (be )?accept(ed|ing)? (mail |connections? )?from (this |your )?(ip|host|server|network|address|<|\\[)',
      'traffic not accepted|not accepting (mail|connections) from',
      'client host (rejected|refused|blocked)',
      '(not|never) (allowed|permitted|authori[sz]ed) to connect',
      '(forbidden|denied|refused|rejected|blocked) (by|for|from) your (ip|host|server|network)|your ?(remote)?host (looks|is|seems)',
      '\\bip( address)? (is |was )?(in|on) |\\((ip|domain) based\\)|block for spam',
      '(server|host|system|we|it) (does|do|will) (not|no longer) accept (mail|e-?mail|messages|connections) from (you|your|this|<)',
      'host network,? not allowed',
      'user complaints|unexpected volume',
      'permanently deferred',
      'dynamic ip|residential|dial-?up',
      'outboundspam|spamming|spam source|sending spam|too many spams?',
      'zugriff verweigert.*ip|auf einer (sperr|schwarz)',
      'liste noire',
      '\\[?tss\\d|\\[bl\\d',
      '(?<!not )listed (in|at|on|by)',
    ),
  ],
  [
    'sender',
    any(
      'not owned by (user|auth)',
      'send ?as ?(denied|access)',
      'permissions? to send (as|on behalf)',
      'sender (e-?mail )?(address )?(was |is |has been )?(rejected|denied|refused|invalid|unknown|not (allowed|accepted|permitted|authori[sz]ed|valid|known|owned|verified)|unauthori[sz]ed)',
      'sender( callout|.s (domain|address))|not an authori[sz]ed sender|invalid dns (mx|a)\\b',
      '(return|mail ?from|from:? header|header from|envelope[- ]from|envelope sender|reverse-path|bounce) .{0,40}(not (allowed|match|valid|exist|verified|permitted|accepted)|invalid|mismatch|rejected|denied|missing)',
      '(not|never) (allowed|authori[sz]ed|permitted) to (send|use|submit)( mail| messages?| e-?mail)? ?(as|from|on behalf|with|using|for)? ?(this|that|the|your|<…>)',
      '(invalid|unknown|bogus|unresolvable|unroutable|bad|unauthori[sz]ed|illegal) (outbound )?(sender|from|mail from|return path)',
      'email address is not verified|sender address has null mx|not authori[sz]ed to perform',
      'identit(y|ies) failed the check',
      'from (address|domain|field)( is| does)? (not|invalid)',
      'unregistered domains',
      'does not match (the )?(authenticated|login|account)',
      'expéditeur (refus|non autoris|inconnu)|exp[eé]diteur invalide|emetteur invalide',
      'absender(adresse)? (nicht|abgelehnt|ung)',
      'domain of sender',
      'sender domain',
    ),
  ],
]

/** The recipient's storage. */
export const FULL = any(
  'over ?-?(the )?(allowed |disk |mail(box)? |storage )?quota',
  '(mail ?)?(box|folder|dir|directory|file|inbox|account|user|recipient|storage|disk)\\b.{0,40}\\b(is |are )?(now |almost )?(full\\b|out of (storage|space)|exceed\\w*|over ?quota)',
  '(exceed\\w*|would exceed|reached)\\b.{0,40}(storage|mailbox|disk|space|quota)',
  'quota (exceeded|violation|reached|dépass|überschritten)',
  'full mailbox',
  '(insufficient|not enough|no) (disk |storage |mailbox )?(space|storage)',
  'too many messages (on the server|in (the )?(mailbox|inbox))',
  'storage limit',
  'bo[iî]te (aux lettres |du destinataire )?(est )?pleine',
  'postfach (ist )?voll|speichervolumen|speicherplatz',
  'buz[oó]n lleno|casella (piena|di posta piena)',
)

/** The recipient's mailbox exists, or did, and takes nothing now. */
export const DISABLED = any(
  '(account|mailbox|user|recipient|address|alias|it)\\b.{0,40}\\b(is |was |has been |are )?(currently |temporarily |now )?(disabled|inactive|suspended|deactivated|not active|closed|locked|frozen|archived|expired|blocked|discontinued|terminated|unavailable|on hold)',
  '(disabled|inactive|suspended|deactivated|frozen|closed|archived|expired|locked) (e-?mail )?(account|mailbox|user|recipient|address)',
  'no longer (accepts?|active|in use|valid|available|on server|works? here|employed|in service)',
  'mailbox (temporarily )?(unavailable|not available|busy|cannot be accessed)',
  'bo[iî]te du destinataire (archiv|bloqu|suspendu)',
  'compte (désactivé|suspendu|ferm)',
  '(konto|postfach) (gesperrt|deaktiviert)',
  'does not accept mail|not accepting (any )?(mail|messages)|mail receiving disabled',
  'badrcptto|bad ?recipient(?! address)',
)

/** The recipient's server, or its people, don't want this letter. */
export const LETTER = any(
  '\\bspam',
  'unsolicited|bulk mail|junk',
  'virus|malware|phish|infected',
  '(policy|policies|content|security|filter(ed)?|banned|prohibi|forbidden|organizational settings|local rule)',
  '(message|mail|e-?mail|header|line|attachment)s? (is |was |are )?(too (large|big|long)|size)|line ?-?length',
  'size (limit|exceed)|exceed\\w* .{0,30}(size|length)|maximum (message )?size',
  '(message|mail|e-?mail) (was |is |has been )?(rejected|refused|not accepted|blocked|denied|rejet)',
  'mail rejet[eé]',
  'not (rfc|compliant)|malformed|rfc ?\\d+',
  'attachment',
  'delivery not authori[sz]ed',
  'not (wanted|welcome)',
  'abgelehnt',
  'blocked',
)

/** The words that say, and leave no doubt, that nobody has this address. */
export const UNKNOWN = any(
  '(user|recipient|mailbox|mail box|account|address|addressee|local part|local user|destinatary)\\b.{0,60}\\b(is |was |are |were )?(unknown|not (be )?found|not known|non-?existent|(?<!may |might )not exist\\w*|doesn.?t exist|does not exist|do not exist|didn.?t exist|not present|no such|not listed|not in (the )?(recipient )?(directory|table|list)(?! of))',
  '(unknown|no such|no valid|non-?existent|nonexistent|invalid|not an?( \\w+)?|bad destination)( or (illegal|inactive|invalid|unknown))?[ -]((virtual|local|e-?mail|known|valid|active|registered|destination|destination mailbox) )*(user|recipient(?!s)|mailbox|mail box|local ?-?part|alias|addressee|account)',
  'user ?unknown|not a valid rfc[ -]?\\d+ address',
  'unknown (e-?mail )?address|no such (e-?mail )?address|no such person|address unknown',
  'no mailbox (here|by that name|found)|no mail ?box available for this user',
  'no (account|one|user|person) (here )?(by|with|at|of) th(at|is) (name|address)',
  'isn.?t a valid (user|recipient|mailbox)',
  'doesn.?t have an? .{0,40}account|does not have an? .{0,40}account',
  'user(name)? not (found|exist\\w*|known|here|listed)',
  'not listed in (domino|public name)',
  'recipnotfound|recipientnotfound|recipient ?not ?found|adr\\.(ex)?recip',
  'badrecipient|not in my validrcptto',
  'utilisateur (inconnu|inexistant)|destinataire (inconnu|invalide|inexistant)|adresse (inconnue|inexistante|d.au moins un destinataire invalide|d au moins un destinataire invalide)|bo[iî]te (inexistante|inconnue)',
  'benutzer (nicht bekannt|unbekannt|existiert nicht)|empf(ä|ae)nger (unbekannt|existiert nicht|nicht gefunden)|unbekannter (benutzer|empf)',
  'no existe (ese|dicha|el|la|este) |usuario (desconocido|inexistente|no existe)|destinatario (desconocido|sconosciuto|inesistente)|utente (sconosciuto|inesistente|simile)',
  'null ?mx|nullmx',
)

/** Who sends, as servers call us: what is unknown there is not the recipient. */
export const OUR_SIDE = any(
  '\\b(sender|submitter|originator|remitente|mittente|absender|exp[eé]diteur|[eé]metteur)',
  '\\b(return|reverse)[- ]?path|\\b(envelope|mail|header)[- ]?from\\b|\\bfrom:? (address|user|header|domain)\\b',
  '\\b(return|bounce|sending|originating|submitting|authenticated|client) (user|account|address|mailbox|domain)\\b|\\bsmtp (user|account)\\b',
  '\\byour (e-?mail )?(account|mailbox|address|user|login|domain)\\b(?! (book|admin|name))',
)

/** With RFC 3463's code for it (X.1.2): nobody takes mail under this domain. */
export const NO_SUCH_DOMAIN = any(
  '(host|domain)( name)?( is)? (unknown|not found|does ?n.t exist|does not exist)',
  '(unknown|no such) (host|domain)',
  'find the recipient domain',
)

/** Providers whose page says that their "mailbox unavailable" is an address that doesn't exist. */
export const SAYS_UNAVAILABLE_FOR_UNKNOWN = any(
  'mailbox unavailable.{0,200}(postmaster\\.(gmx|web|mail|1und1|ionos)|outlook\\.com|hotmail\\.com|live\\.com)',
)
