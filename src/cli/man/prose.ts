// What the man page says besides the program's own help.

/** Paragraphs below the description. */
export const ABOUT: readonly string[] = [
  'It reads the configurations of routers over SSH or from a folder, joins redundancy groups and relays across devices and vendors, counts the copies of one boot request per client subnet and PXE server, shows the lines that cause them, and writes the fix. What it did not fully understand it calls unknown, with the reason. It writes nothing to any device.',
  'Values are looked up in this order: flags, environment variables, the settings file, defaults. `iphelper-audit config show --resolved` shows the origin of each.',
]

/** Environment variables. */
export const ENVIRONMENT: readonly (readonly [string, string])[] = [
  [
    'IPHELPER_AUDIT_<OPTION>',
    'sets an option by its long name, as in IPHELPER_AUDIT_FAIL_ON=warning; 1 or 0 for options without a value, blanks between several values.',
  ],
  ['IPHELPER_AUDIT_CONFIG', 'the settings file, as --config.'],
  ['NO_COLOR', 'no colours, if it is not empty.'],
  ['FORCE_COLOR', 'colours also where standard output is no terminal; 0 for none. Wins over NO_COLOR.'],
]

/** Files that are read or written without being named. */
export const FILES: readonly (readonly [string, string])[] = [
  [
    '.iphelper-audit.yaml',
    'settings: options by their long names, with underscores, for all commands, or for one under verbs:. The nearest one counts, from the current folder upwards to the folder of the git repository, the home folder or the root. `iphelper-audit schema settings` prints its schema.',
  ],
  ['~/.ssh/config, /etc/ssh/ssh_config', 'fill in what the inventory leaves open; nothing in them is run.'],
  ['~/.ssh/known_hosts', 'host keys, unless the inventory names another file.'],
  ['~/.local/state/iphelper-audit/', 'the key with which secrets in configurations are replaced by tokens.'],
]
