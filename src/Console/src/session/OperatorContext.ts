import { createContext, useContext } from "react";
import type { components } from "../api/schema";

const OperatorContext = createContext<components["schemas"]["Me"] | undefined>(undefined);

export const OperatorProvider = OperatorContext.Provider;

/** Who is signed in; only for what is shown behind the sign-in. */
export function useOperator(): components["schemas"]["Me"] {
  const operator = useContext(OperatorContext);
  if (!operator) throw new Error("Nobody is signed in here.");
  return operator;
}
