const CODES = ['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'ENOMEM', 'EIO'];
/** In the engine's words; a spill that finds no space is out of memory to it. */
const WORDS =
  /^Out of Memory Error|Allocation failure|No space left on device|Disk quota exceeded|Too many open files|Cannot allocate memory|Input\/output error/;

/** Whether the machine had too little of something, or broke: that says nothing about the data, and may be gone the next time. */
export const isShortage = (error: unknown): boolean => {
  const { code, message } = error as NodeJS.ErrnoException;
  return CODES.includes(code ?? '') || WORDS.test(String(message));
};
