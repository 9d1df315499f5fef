// The one list of platforms. Adding a platform is one folder under parsers/, one under templates/ and one line here.
import ciscoIos from '../parsers/cisco-ios/index.ts'
import type { Platform } from './parse/platform.ts'

/** Every platform this version can read, in the order in which they are listed to people. */
export const platforms: readonly Platform[] = [ciscoIos]

/** The platform with this id, if this version has it. */
export const platformOf = (id: string): Platform | undefined => platforms.find(p => p.id === id)
