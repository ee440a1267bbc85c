/** By the code of the system's error. */
const words: Readonly<Record<string, string>> = {
  EACCES: 'the user that runs the server may not do it: check owner and rights',
  EPERM: 'the user that runs the server may not do it: check owner and rights',
  EROFS: 'it lies on a read-only file system: choose another place',
  ENOSPC: 'the disk is full: free some space',
  EDQUOT: 'the disk quota is used up: free some space',
  EFBIG: 'the largest size that a file may have here is reached',
  EIO: 'the disk failed',
  ENOENT: 'it is not there and cannot be made: choose another place',
  ENOTDIR: 'a file stands where a folder is needed: correct the path',
  EEXIST: 'a file stands where a folder is needed: correct the path',
  EISDIR: 'it is a folder and no file: correct the path',
  ELOOP: 'its links lead in a circle: correct the path',
  ENAMETOOLONG: 'the path is too long: choose a shorter one',
  EMFILE: 'too many files are open: raise the limit (ulimit -n)',
  ENFILE: 'too many files are open on this machine',
};

/** Why a file or folder cannot be used, and what to do; `undefined` when the error is not of the file system. */
export function fileFault(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string' || !('syscall' in error)) return undefined;
  return words[error.code] ?? `the system says ${error.code}`;
}
