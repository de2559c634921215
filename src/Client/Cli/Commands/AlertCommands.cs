using System.CommandLine;

namespace AwoooP.Client.Cli.Commands;

internal static class AlertCommands
{
    private static readonly Argument<string[]> Filters = new("filter") { Description = "Matchers such as alertname=\"X\".", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create() => CommandLine.Api("alerts", "Active alerts, filtered by matchers.", [Filters], async (arguments, api, token) =>
        Shown.List(arguments, await api.GetAsync("/api/v2/alerts", arguments.GetValue(Filters)!.Select(filter => ("filter", (string?)filter)), token),
            "No active alerts.", "fingerprint", "labels.alertname", "labels", "startsAt:starts", "endsAt:ends"));
}
