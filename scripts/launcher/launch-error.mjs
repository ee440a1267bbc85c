/** Something that a person can mend; its message is all that they see. */
export class LaunchError extends Error {}
