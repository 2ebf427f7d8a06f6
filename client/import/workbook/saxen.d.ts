/** What is used of saxen, which comes without types. */
declare module 'saxen' {
  export class Parser {
    /** An element begins: its name with its prefix, its attributes on demand, what decodes entities in them. */
    on(
      event: 'openTag',
      heard: (
        name: string,
        attributes: () => Record<string, string>,
        decode: (text: string) => string,
      ) => void,
    ): this
    on(event: 'closeTag', heard: (name: string) => void): this
    on(event: 'text', heard: (text: string, decode: (text: string) => string) => void): this
    on(event: 'cdata', heard: (text: string) => void): this
    on(event: 'error', heard: (error: Error) => void): this
    /** The next part of the document, cut off anywhere. */
    write(text: string): this
    end(): void
  }
}
