using System.Globalization;

namespace AwoooP.Journal.Local;

/// <summary>
/// The account that PostgreSQL runs as. It refuses to run as root, so a caller that is root hands the cluster to
/// <c>postgres</c> when that account exists, else to <c>nobody</c>; any other caller runs it as itself.
/// </summary>
internal sealed record UnprivilegedAccount(string Name, int UserId, int GroupId)
{
    private static readonly string[] Preferred = ["postgres", "nobody"];

    /// <summary>Null when the caller is not root and needs no other account.</summary>
    public static UnprivilegedAccount? ForCaller()
    {
        if (!Environment.IsPrivilegedProcess)
            return null;

        var accounts = File.ReadLines("/etc/passwd").Select(Parse).OfType<UnprivilegedAccount>().ToDictionary(account => account.Name);
        return Preferred.Select(accounts.GetValueOrDefault).OfType<UnprivilegedAccount>().FirstOrDefault()
            ?? throw new LocalPostgresException("PostgreSQL refuses to run as root, and there is neither an account 'postgres' nor 'nobody' to run it as.");
    }

    /// <summary>The command line that runs a program as this account, with no other groups.</summary>
    public IReadOnlyList<string> Command(IReadOnlyList<string> command) =>
    [
        "setpriv",
        string.Create(CultureInfo.InvariantCulture, $"--reuid={UserId}"),
        string.Create(CultureInfo.InvariantCulture, $"--regid={GroupId}"),
        "--clear-groups",
        "--",
        .. command,
    ];

    private static UnprivilegedAccount? Parse(string line)
    {
        var fields = line.Split(':');
        return fields.Length > 3
            && int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var user)
            && int.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var group)
            && user != 0
            ? new UnprivilegedAccount(fields[0], user, group)
            : null;
    }
}
