/**
 * For what no event tells of: it is read again and again while the page can be seen, and at once when it is seen again.
 * One failed reading is told; the next one is the retry.
 */
export const polling = { refetchInterval: 2_000, refetchIntervalInBackground: false, refetchOnWindowFocus: true, staleTime: 0, retry: false } as const;
