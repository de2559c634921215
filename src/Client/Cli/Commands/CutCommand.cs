using System.CommandLine;
using System.Globalization;
using AwoooP.Commands;
using AwoooP.Journal;
using AwoooP.Journal.Cuts;
using AwoooP.Journal.Delivery.Replay;
using AwoooP.Records;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AwoooP.Client.Cli.Commands;

/// <summary>Takes whole months out of the event log, as the owner; silos may go on meanwhile.</summary>
internal static class CutCommand
{
    /// <summary>Positions that are shown; there may be one for each partition.</summary>
    private const int ShownPositions = 5;

    private static readonly Option<string> Before = new("--before") { Description = "The first month that stays, YYYY-MM (UTC).", Required = true };

    private static readonly Option<string?> Reason = new("--reason", "-m")
    {
        Description = $"Why, up to {FreeText.MaxLength} characters, kept with the act. Needed unless it is only looked at (--dry-run).",
    };

    /// <param name="withOwner">Runs something as awooop_owner.</param>
    public static Command Create(Func<Func<NpgsqlDataSource, Task>, CancellationToken, Task> withOwner) => CommandLine.Local(
        "cut",
        "Drop months of the event log that nothing needs any more, after showing what goes. They are gone for good. Needs a running silo and the key of an admin of every project: it stands in the audit trail.",
        [Before, Reason, Confirmation.DryRun, Confirmation.Yes],
        (arguments, token) =>
        {
            if (!DateOnly.TryParseExact(arguments.GetValue(Before), "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
                throw new CliException(ExitCodes.Invalid, "--before must be a month, YYYY-MM.");

            var reason = arguments.GetValue(Reason);
            if (string.IsNullOrWhiteSpace(reason) && !arguments.GetValue(Confirmation.DryRun))
                throw new CliException(ExitCodes.Invalid, "--reason (-m) says why: a cut stands in the audit trail. With --dry-run it needs none.");
            if (reason?.Length > FreeText.MaxLength)
                throw new CliException(ExitCodes.Invalid, $"--reason has at most {FreeText.MaxLength} characters.");

            return withOwner(owner => CutAsync(arguments, owner, month, reason ?? "", token), token);
        });

    /// <param name="reason">Why; empty where it is only looked at.</param>
    private static async Task CutAsync(ParseResult arguments, NpgsqlDataSource owner, DateOnly month, string reason, CancellationToken cancellationToken)
    {
        using var api = ApiConnection.Open(arguments, ofProject: false);
        var acts = new OwnerActCalls(api);
        var cutter = new LogCutter(
            owner, RecordProjections.All, RecordProjections.Known, RecordProjections.CutObjections, new RemovedRows(), TimeProvider.System,
            NullLogger<LogCutter>.Instance)
        {
            BeforeDrop = (plan, token) => acts.BeginCutAsync(plan, reason, token),
        };
        try
        {
            foreach (var line in Describe(await cutter.PlanAsync(month, cancellationToken)))
                Console.WriteLine(line);
            if (!Confirmation.MayChange(arguments))
                return;

            // Else a wrong key is learnt only when every record table was built once more.
            await KeyRoles.NeedAdminOfEveryProjectAsync(api, cancellationToken);
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

    /// <summary>What goes for good.</summary>
    private static IEnumerable<string> Describe(CutPlan plan)
    {
        var positions = plan.Positions.OrderBy(static last => last.Key).Take(ShownPositions)
            .Select(static last => new Position(PartitionMap.Generation, last.Key, last.Value).ToString());
        yield return string.Create(CultureInfo.InvariantCulture, $"cut before {plan.Before:yyyy-MM}: {plan.Events} events go for good");
        yield return $"  - months: {string.Join(", ", plan.Months)}";
        if (plan.Positions.Count > 0)
        {
            var more = plan.Positions.Count > ShownPositions ? string.Create(CultureInfo.InvariantCulture, $" and {plan.Positions.Count - ShownPositions} other partitions") : "";
            yield return $"  - positions: up to {string.Join(", ", positions)}{more}";
        }
    }
}
