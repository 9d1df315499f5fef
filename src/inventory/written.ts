// Text of files that a person or a program wrote for this program.

/** Such a text: UTF-8, or UTF-16 as `>` of Windows PowerShell writes it. Without a byte order mark. */
export const written = (bytes: Buffer): string => utf16(bytes) ?? new TextDecoder().decode(bytes)

/** Text that says of itself that it is UTF-16; null for any other. */
export function utf16(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return null
}
