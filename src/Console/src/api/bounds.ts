/** Characters of a comment or a reason, as the API takes them; a test holds it against the API's document. */
export const maxTextLength = 1000;

/** Rows of one page of a list. */
export const pageSize = 50;

/** As many as one page can hold. */
export const mostRows = 200;
