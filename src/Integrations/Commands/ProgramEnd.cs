namespace AwoooP.Integrations.Commands;

/// <param name="Output">Both streams as they came, not redacted.</param>
/// <param name="Unread">Characters behind what was kept.</param>
internal sealed record ProgramEnd(int ExitCode, string Output, long Unread);
