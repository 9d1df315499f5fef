// Commands that the device types itself, when something happens or at some time. Sources: README.md, "Not modelled".

/** What concerns relays, whole or shortened as far as the device takes it; with a variable in front it may be anything. */
const RELAYS = /^(?:no |default )?(?:ip(?:v6)? dh\S* (?:rel|smart)|(?:feat|serv)\S* dhcp|\$)/i

/** Whether a line of an EEM applet (behind `cli`) or of a scheduler job, with its commands between semicolons, changes relays. */
export const typesRelays = (line: string): boolean =>
  line
    .replace(/^(?:(?:local|command) +)+/, '')
    .split(';')
    .some(command => RELAYS.test(command.replace(/^["'\s]+/, '')))
