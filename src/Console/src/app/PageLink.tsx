import { Anchor, type AnchorProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import { forwardRef } from "react";

const Styled = forwardRef<HTMLAnchorElement, Omit<AnchorProps, "href">>((properties, ref) => <Anchor ref={ref} {...properties} />);

/** A link to a page of the console, with its address checked and the look of all links. */
export const PageLink = createLink(Styled);
