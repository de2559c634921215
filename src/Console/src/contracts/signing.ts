import type { components } from "../api/schema";
import type { TextKey } from "../i18n/en";

/** Why this person cannot sign, as the server would say; undefined when they may try. */
export function obstacleTo(operatorId: string, version: components["schemas"]["ContractVersionDetail"]): TextKey | undefined {
  if (version.published_by === operatorId) return "contract.publisherCannotSign";
  return version.signatures.some((signature) => signature.signer === operatorId) ? "contract.signed" : undefined;
}

/** A random UUID. The browser's own maker of them is missing on pages that came without TLS. */
export function newSignatureId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
