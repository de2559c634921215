using System.CommandLine;
using AwoooP.Journal.Migrations;
using AwoooP.Records;

namespace AwoooP.Client.Cli.Commands;

/// <summary>Migrations and the cut of the log, run as the owner; a silo does neither.</summary>
internal static class DatabaseCommands
{
    private static readonly Argument<int> Target = new("target") { Description = "The number of the last migration that stays; 0 takes all back." };

    private static readonly MigrationList Migrations = RecordsMigrations.WithJournal;

    public static Command Create() => CommandLine.Group("db", "The schema of the database, and where its log begins. A local cluster that does not run is started for it.",
        CommandLine.Local("up", "Apply what is missing.", [], (_, token) => WithRunnerAsync(async runner =>
        {
            var applied = await runner.UpAsync(token);
            foreach (var migration in applied)
                await Console.Out.WriteLineAsync($"applied {migration.Number:0000} {migration.Name}");

            if (applied.Count == 0)
                await Console.Out.WriteLineAsync("The schema is current.");
        }, token)),
        CommandLine.Local("down", "Take migrations back, newest first. Their data goes with them.", [Target], (arguments, token) => WithRunnerAsync(async runner =>
        {
            foreach (var migration in await runner.DownAsync(arguments.GetValue(Target), token))
                await Console.Out.WriteLineAsync($"took back {migration.Number:0000} {migration.Name}");
        }, token)),
        CommandLine.Local("status", "What is applied and what is missing. A local cluster that does not run is started for it.", [], (_, token) => OwnerDatabase.RunAsync(async owner =>
        {
            await using var connection = await owner.OpenConnectionAsync(token);
            var status = Migrations.Compare(await AppliedMigrations.ReadAsync(connection, token));
            foreach (var migration in status.Applied)
                await Console.Out.WriteLineAsync($"applied  {migration.Number:0000} {migration.Name}  {migration.AppliedAt:O}");

            foreach (var migration in status.Pending)
                await Console.Out.WriteLineAsync($"missing  {migration.Number:0000} {migration.Name}");
        }, token)),
        CutCommand.Create(OwnerDatabase.RunOnCurrentSchemaAsync));

    private static Task WithRunnerAsync(Func<MigrationRunner, Task> run, CancellationToken cancellationToken) =>
        OwnerDatabase.RunAsync(owner => run(new MigrationRunner(owner, Migrations)), cancellationToken);
}
