import { useQuery } from "@tanstack/react-query";
import { text } from "../i18n/text";

/** An identity provider at which people may sign in. These pages stand beside the API, so no type of it describes them. */
interface Issuer {
  name: string;
  label: string;
}

const root = "/v1/platform/sign-in";

/** None while it is not known: a key signs in all the same. */
export function useIssuers(): Issuer[] {
  const issuers = useQuery({
    queryKey: ["sign-in", "issuers"],
    queryFn: async ({ signal }) => {
      const answer = await globalThis.fetch(new Request(new URL(root, window.location.origin), { signal }));
      return answer.ok ? ((await answer.json()) as Issuer[]) : [];
    },
  });
  return issuers.data ?? [];
}

/** Where a sign-in begins; it ends on the page that is shown now. */
export function signInAt(name: string) {
  const page = new URL(window.location.href);
  page.searchParams.delete("sign_in_error");
  return `${root}/${encodeURIComponent(name)}/begin?${new URLSearchParams({ return_to: page.pathname + page.search })}`;
}

/** Why a sign-in at a provider came to nothing. What is said of its token is for administrators: they find it by its code. */
export function wordsOfFailure(code: string) {
  switch (code) {
    case "sign_in_expired":
      return text("signIn.expired");
    case "sign_in_denied":
      return text("signIn.denied");
    case "sign_in_provider_unavailable":
    case "token_keys_unavailable":
      return text("signIn.unavailable");
    case "too_many_failed_sign_ins":
      return text("signIn.tooMany");
    case "sign_in_not_recorded":
      return text("signIn.notRecorded");
    default:
      return text("signIn.failed", { code: code.replace(/[^a-z_]/g, "").slice(0, 64) });
  }
}
