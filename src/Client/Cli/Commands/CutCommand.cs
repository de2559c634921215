using System.CommandLine;
using System.Globalization;
using AwoooP.Journal.Cuts;
using AwoooP.Journal.Delivery.Replay;
using AwoooP.Records;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AwoooP.Client.Cli.Commands;

/// <summary>Takes whole months out of the event log, as the owner; silos may go on meanwhile.</summary>
internal static class CutCommand
{
    private static readonly Option<string> Before = new("--before") { Description = "The first month that stays, YYYY-MM (UTC).", Required = true };

    /// <param name="withOwner">Runs something as awooop_owner.</param>
    public static Command Create(Func<Func<NpgsqlDataSource, Task>, CancellationToken, Task> withOwner) => CommandLine.Local(
        "cut",
        "Drop months of the event log that nothing needs any more. They are gone for good.",
        [Before],
        (arguments, token) =>
        {
            if (!DateOnly.TryParseExact(arguments.GetValue(Before), "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
                throw new CliException(ExitCodes.Invalid, "--before must be a month, YYYY-MM.");

            return withOwner(owner => CutAsync(owner, month, token), token);
        });

    private static async Task CutAsync(NpgsqlDataSource owner, DateOnly month, CancellationToken cancellationToken)
    {
        var cutter = new LogCutter(owner, RecordProjections.All, RecordProjections.CutObjections, new RemovedRows(), NullLogger<LogCutter>.Instance);
        try
        {
            var cut = await cutter.CutAsync(month, cancellationToken);
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"The log begins at {cut.Before:yyyy-MM}: {cut.Months} months with {cut.Events} events were dropped, {cut.Tables} record tables are kept as they were there."));
        }
        catch (CutRefusedException refused)
        {
            throw new CliException(ExitCodes.Refused, refused.Message);
        }
        catch (ReplayException fault)
        {
            throw new CliException(ExitCodes.Failed, fault.Message);
        }
    }
}
