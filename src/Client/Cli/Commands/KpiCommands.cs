using System.CommandLine;
using AwoooP.Client.Api;

namespace AwoooP.Client.Cli.Commands;

internal static class KpiCommands
{
    public static Command Create() => CommandLine.Api("kpis", "The key indicators of the last 30 days.", [], async (arguments, api, token) =>
        Shown.One(arguments, await api.GetAsync($"{PlatformApi.Root}/kpis", token)));
}
