using System.CommandLine;
using AwoooP.Journal.Delivery.Replay;
using AwoooP.Records;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AwoooP.Client.Cli.Commands;

/// <summary>Rebuilds record tables from the event log, as the owner; silos may go on meanwhile.</summary>
internal static class ReplayCommands
{
    private static readonly Argument<string[]> Names = new("projection") { Description = "Which projections; all when none is named.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<bool> Verify = new("--verify") { Description = "Only compare a rebuild with the live tables; nothing is swapped." };

    public static Command Create() => CommandLine.Local("replay", "Rebuild the record tables from the event log.", [Names, Verify], async (arguments, token) =>
    {
        var names = arguments.GetValue(Names)!;
        if (names.Except(RecordProjections.All.Select(static projection => projection.Name)).FirstOrDefault() is { } unknown)
        {
            throw new CliException(ExitCodes.Invalid,
                $"There is no projection {unknown}; there are {string.Join(", ", RecordProjections.All.Select(static projection => projection.Name))}.");
        }

        await OwnerDatabase.RunOnCurrentSchemaAsync(owner => RunAsync(owner, names, arguments.GetValue(Verify), token), token);
    });

    private static async Task RunAsync(NpgsqlDataSource owner, string[] names, bool isVerified, CancellationToken cancellationToken)
    {
        var replay = new ProjectionReplay(owner, RecordProjections.All, RecordProjections.Known, NullLogger<ProjectionReplay>.Instance, new RemovedRows());
        try
        {
            if (isVerified)
                await CompareAsync(replay, names, cancellationToken);
            else
                await RebuildAsync(replay, names, cancellationToken);
        }
        catch (ReplayException fault)
        {
            throw new CliException(ExitCodes.Failed, fault.Message);
        }
    }

    private static async Task RebuildAsync(ProjectionReplay replay, string[] names, CancellationToken cancellationToken)
    {
        await foreach (var rebuilt in replay.ReplayAsync(names, cancellationToken))
            await Console.Out.WriteLineAsync($"{rebuilt.Projection}: {rebuilt.Events} events, {rebuilt.Held} events held back");
    }

    private static async Task CompareAsync(ProjectionReplay replay, string[] names, CancellationToken cancellationToken)
    {
        var differ = 0;
        foreach (var table in await replay.VerifyAsync(names, cancellationToken))
        {
            await Console.Out.WriteLineAsync(table.IsEqual
                ? $"{table.Table}: equal, {table.Rows} rows"
                : $"{table.Table}: {table.OnlyLive} rows only live, {table.OnlyRebuilt} only rebuilt");
            differ += table.IsEqual ? 0 : 1;
        }

        if (differ > 0)
            throw new CliException(ExitCodes.Failed, $"{differ} tables differ.");
    }
}
