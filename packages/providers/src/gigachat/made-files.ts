/** Something that the vendor's own functions made for an answer; it lies at the vendor and is fetched when the answer is over. */
export interface MadeFile {
  readonly fileId: string;
  readonly mediaType: string;
}
