const choice = "project";

/** A project's name, as the API takes it; a test holds it against the API's document. */
export const projectName = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** What belongs to no project has these names, and the API refuses whatever asks for them. */
const reserved: ReadonlySet<string> = new Set(["all", "operators", "projects"]);

/**
 * The project that was chosen; undefined: the operator's default. The address alone keeps it, so a reload, a link in a new tab and one that is passed on
 * show the same, two tabs may show two, and nothing of it outlives them. The router keeps it in every link.
 */
export function chosenProject(): string | undefined {
  const named = new URLSearchParams(window.location.search).get(choice);
  return named !== null && projectName.test(named) && !reserved.has(named) ? named : undefined;
}

/** Where a list is in another project; else the list of what this page shows, since by its id that is not there. */
export function addressIn(project: string, list = window.location.pathname.split("/")[1] ?? ""): string {
  return `/${list}?${new URLSearchParams({ [choice]: project }).toString()}`;
}

/** Shows another project. The page is loaded anew: nothing that was read, is being asked or listened to goes over into it. */
export function showProject(project: string): void {
  window.location.assign(addressIn(project));
}

/** Whoever signs in next begins in their own. The page is loaded anew here, too: the way back must not lead into another project with what was read since. */
export function forgetProject(): void {
  const address = new URL(window.location.href);
  if (!address.searchParams.has(choice)) return;
  address.searchParams.delete(choice);
  window.location.replace(address);
}

/** An address of the API that is about the project, for what is not asked by the client. */
export function inProject(path: string): string {
  const project = chosenProject();
  return project === undefined ? path : `${path}?${new URLSearchParams({ project_id: project }).toString()}`;
}
