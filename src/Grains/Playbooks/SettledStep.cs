namespace AwoooP.Playbooks;

/// <summary>Of a step with labels in it, what holds whichever alert comes.</summary>
internal static class SettledStep
{
    /// <returns>Null when a label decides what matters.</returns>
    public static RepairStep? Of(RepairStep step) => step switch
    {
        CommandStep command => command with
        {
            Arguments = [.. command.Arguments.Where(IsSettled)],
            DryRunArguments = command.DryRunArguments is { } arguments ? [.. arguments.Where(IsSettled)] : null,
        },
        HttpStep http => IsOriginSettled(http.Url) ? http : null,
        VerifyStep { Url: { } url } verify => IsOriginSettled(url) ? verify : null,
        _ => step,
    };

    private static bool IsSettled(string text) => !PlaybookTemplate.HasPlaces(text);

    /// <summary>Scheme, host and port; a label in the path or the query changes none of them.</summary>
    private static bool IsOriginSettled(string url)
    {
        var begin = url.IndexOf("://", StringComparison.Ordinal) + "://".Length;
        var end = url.AsSpan(begin).IndexOfAny("/?#");
        return IsSettled(end < 0 ? url : url[..(begin + end)]);
    }
}
