import { useInfiniteQuery } from "@tanstack/react-query";

export interface Page<Row> {
  items: Row[];
  next_cursor: string | null;
}

/** A list that is read page by page; its rows so far, and the way to more of them. */
export function usePages<Row>(queryKey: readonly unknown[], read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Row>>) {
  const pages = useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  return {
    rows: pages.data?.pages.flatMap((page) => page.items) ?? [],
    error: pages.error,
    isPending: pages.isPending,
    more: pages.hasNextPage ? { load: () => void pages.fetchNextPage(), isLoading: pages.isFetchingNextPage } : undefined,
  };
}

export type Pages<Row> = ReturnType<typeof usePages<Row>>;
