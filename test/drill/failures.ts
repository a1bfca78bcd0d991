/** The process ends here: nothing after it happens, what was written stays and what was sent is gone. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** A service answering 500 or 503, or breaking off. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}
