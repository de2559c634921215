using System.CommandLine;
using AwoooP.Client.Api;

namespace AwoooP.Client.Cli.Commands;

internal static class OperatorCommands
{
    public static Command Create() => CommandLine.List(
        "operators", "Operators with a key that is good for the project.", "No operators.", [], _ => $"{PlatformApi.Root}/operators", [],
        "operator_id", "roles", "first_issued_at", "last_issued_at", "last_used_at");
}
