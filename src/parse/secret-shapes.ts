// Secrets that show by themselves, on any platform: by their shape, or by a telltale word in front.
import { TOKENS } from './redacted.ts'

/** What a secret looks like. */
export interface Shape {
  /** One of these is in every line that it matches, in lower case: looked for first, since expressions take their time. */
  readonly words: readonly string[]
  /** Capture 1, at the end of the match, is the secret. */
  readonly expression: RegExp
}

/** Programs of Net-SNMP, which scripts on a router call: snmptrap, snmpbulkwalk. */
const SNMP = 'snmp(?:bulk)?(?:get|walk|set|trap|inform|status|table|test)'
/** One of these is in every line that the shapes below or a telltale word can match. */
export const STEMS =
  `pass(?!ive)|pwd|secret|key|auth|ti?cat|communit|md5|psk|credential|token|curl|${SNMP}` +
  String.raw`|:\/\/|@|-----BEGIN|\$(?:\d|sha|y)`
/** The digit or name of an encryption, if any. */
export const TYPE = String.raw`(?:(?:\d{1,2}|[078]a|sha512|aes-256-gcm|encrypted)\s+)?`
/** A word or a string in braces; what ends a comment is neither. */
export const BRACE_WORD = String.raw`"(?:[^"\\]|\\.)*"?|\/\* SECRET-DATA \*\/|(?:(?!\*\/)[^\s;"{}[\]])+`

/** Where a word of ours begins in braces: not where the name of something stands. */
export const UNNAMED =
  String.raw`(?<![\w-]|(?:^|\s)(?:server-group|active-server-group|groups?|apply-groups|vlans|bridge-domains|routing-instances?` +
  String.raw`|logical-systems?|interface-range|interfaces?|instance|policy-statement|term|from|members?|filter|profile|user|client)\s{1,8})`
/** What stands behind a word like these is a secret in most forms, also in those that no page knows. */
const IN_BRACES =
  String.raw`[\w-]*(?:(?<![A-Za-z\d])(?:pass(?:code)?|md5|psk|key(?:-?string)?|credentials?|token)` +
  String.raw`|(?:pass(?:word|phrase|wd)|secret)\d*|(?:api|auth)key|(?<![\w-])(?:pwd|auth)|(?:authenti|ti?cat(?:ion|e)\b)[\w-]*)`
const TELLTALE = `communit(?:y|ies)|${IN_BRACES}`
/** Words that go on with it, as in `authentication md5 key-string X`. */
const CHAINED = `(?:${TELLTALE}|text,?|md5,|string)`
const CHAIN = String.raw`(?<![\w-])(?:${TELLTALE})(?:\s+${CHAINED})*`
/** Names of key chains are none, nor are words of a command that ends too early. */
const NO_VALUE = String.raw`(?!(?:[;{!\d]|text|md5|key-string|accounting)?$|key-?chain\b|${CHAINED}\s)`
/** A telltale word, and in capture 1 the rest of the line. */
export const AFTER = String.raw`${CHAIN}[:=]?\s+${TYPE}${NO_VALUE}(\S.*)`
/**
 * In braces only the last word of a statement is taken: names of statements stand in front of words of ours, too. Nearly
 * all communities there are BGP's.
 */
export const AFTER_IN_BRACES =
  String.raw`${UNNAMED}(?:${IN_BRACES})(?:\s+(?:${IN_BRACES}))*[:=]?\s+(?!#)` +
  String.raw`(${BRACE_WORD})(?="?\s*(?:[;}]|$|\*\/|#))`
/** A comment there is no statement: all that stands behind the word, but for what ends the comment. */
export const AFTER_IN_COMMENT = String.raw`(?<![\w-])(?:${IN_BRACES})[:=]?\s+(?!\*\/)(\S.*?)(?=\s*(?:\*\/|$))`

const shape = (word: string, source: string): Shape => ({
  words: [word],
  expression: new RegExp(source, 'gis'),
})

/** Secrets that show by their shape, on every platform. Each has one of the stems in it. */
export const shapes: readonly Shape[] = [
  // What redaction left, here or elsewhere: it is taken, and no secret.
  shape('redacted', `(${TOKENS.source})`),
  // Junos marks them itself.
  shape('## secret-data', String.raw`("[^"]*"|(?<![^\s;"])[^\s;"]+)(?=;?\s*## SECRET-DATA)`),
  // crypt(3) and what looks like it: $1$, $5$, $6$, $8$, $9$, $14$, $sha512$, $2y$, $y$
  shape('$', String.raw`(\$(?:\d{1,2}|sha\d*|2[abxy]|y)\$[^\s";]+)`),
  // Authentication text, string "x", as printed of a group at run time
  shape('authentication', 'authentication:? (?:text|md5),?(?: (?:string|key-string))? ("[^"]*")'),
  // ftp://user:password@host
  shape('://', String.raw`:\/\/[^\s\/:"]{0,256}:([^\s"]{1,256})(?=@)`),
  // The same where the capture is cut short; a number is a port.
  shape('://', String.raw`:\/\/[^\s\/:@"[]{0,256}:(\d{0,64}[^\s"\/@\d][^\s"\/@]{0,256})(?="?$)`),
  // https://hooks.slack.com/services/T0/B0/x, https://x.webhook.office.com/webhookb2/x: who knows the address may write there
  shape('hook', String.raw`:\/\/[^\s"']{0,256}?hook[^\s"'\/]{0,64}\/([^\s"'\\)]+)`),
  // user:password@host, up to the last @
  shape('@', String.raw`(?<![^\s"])[^\s"@:/]*:([^\s"/][^\s"]*)(?=@[\w.-]+)`),
  // --password=x, ?token=x, -e API_KEY=x
  shape(
    '=',
    String.raw`(?:pass(?:word|wd|phrase|code)?|pwd|pw|secret|token|key|psk|community|credentials?|[?&]auth)=("[^"]*"|[^\s";&]+)`,
  ),
  // What a request says of itself (RFC 9110): Authorization: Basic dXNlcjpwYXNz
  shape('authorization:', String.raw`authorization:\s*(?:(?:basic|bearer|digest|negotiate|token)\s+)?([^\s"'\\]+)`),
  // curl -u user:password
  shape('curl', String.raw`\bcurl\s(?:[^|;]{0,200}?\s)?(?:-u|--user|--proxy-user)[\s=]+["']?[^\s:"']+:([^\s"']+)`),
  // sshpass -p password ssh user@host (sshpass(1))
  shape('sshpass', String.raw`\bsshpass\s{1,8}(?:-[a-oq-z]\s{1,8}){0,4}-p\s{0,8}["']?([^\s"']+)`),
  // snmptrap -v 2c -c community, snmpget -v 3 -A password -X password (snmpcmd(1)); of -a and -x, too, since case tells nothing here
  shape('snmp', String.raw`\s-[acx]\s{0,8}(?<=\b${SNMP}\w{0,4}\s(?:[^|;]{0,200}\s)?-[acx]\s{0,8})["']?([^\s"'|;]+)`),
  shape('-----end', String.raw`-----BEGIN [A-Z\d ]+-----(?:\\n)?(\S.*?)(?=-----END)`),
]
