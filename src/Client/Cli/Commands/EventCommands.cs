using System.CommandLine;
using AwoooP.Client.Api;

namespace AwoooP.Client.Cli.Commands;

internal static class EventCommands
{
    public static Command Create() => CommandLine.Api("events", "Follow what happens until interrupted: one JSON object a line.", [], async (arguments, api, token) =>
    {
        using var stream = await api.StreamAsync($"{PlatformApi.Root}/events", token);
        while (await stream.ReadLineAsync(token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                Console.WriteLine(line["data: ".Length..]);
        }
    });
}
