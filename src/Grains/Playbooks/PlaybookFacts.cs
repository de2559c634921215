namespace AwoooP.Playbooks;

/// <param name="NeedsAnother">The caller made the newest version, and the platform is set to have someone else approve it.</param>
/// <param name="WasApproved">It had been approved when it was archived.</param>
internal readonly record struct PlaybookFacts(bool NeedsAnother, bool WasApproved);
