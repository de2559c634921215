/** A problem document (RFC 9457) as the API sends it. */
export interface Problem {
  status: number;
  title: string;
  code: string;
  detail?: string;
  legal?: string[];
  errors?: { field: string; message: string }[] | null;
}

export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(sentenceOf(problem));
  }

  get isUnauthorized() {
    return this.problem.status === 401;
  }
}

/** Of one field the detail says it all; of several it only says that there are several. */
function sentenceOf({ detail, title, errors }: Problem) {
  const fields = errors && errors.length > 1 ? errors.map(({ field, message }) => `${field}: ${message}`) : [];
  return [detail ?? title, ...fields].join(" ");
}
