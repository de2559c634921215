/** A problem document (RFC 9457) as the API sends it. */
export interface Problem {
  status: number;
  title: string;
  code: string;
  detail?: string;
  legal?: string[];
}

export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
  }

  get isUnauthorized() {
    return this.problem.status === 401;
  }
}
