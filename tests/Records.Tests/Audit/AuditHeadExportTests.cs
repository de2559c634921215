using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AwoooP.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Records.Tests.Audit;

/// <summary>One file has the heads of every project, and what is wrong among them is told.</summary>
public sealed class AuditHeadExportTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("awooop-heads-");
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Told _told = new();

    private string FilePath => Path.Combine(_folder.FullName, "heads.jsonl");

    public void Dispose()
    {
        _services.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Write_OfSeveralProjects_LeavesOutTheRowThatIsNotSignedAndTellsOfIt()
    {
        await AuditedProject.TellAsync(database, "mill");
        await AuditedProject.TellAsync(database, "operators");
        var shop = await AuditedProject.TellAsync(database, "shop");
        await shop.TamperAsync("update public.awooop_audit_head set signature = sha256('')");
        using var export = new AuditHeadExport(
            database.Engine,
            database.App,
            Options.Create(new AuditHeadsOptions { HeadsFile = FilePath }),
            new TestSigner(),
            new StandingClock(),
            TimeProvider.System,
            _services.GetRequiredService<IMeterFactory>(),
            _told);

        await export.WriteAsync(1, [6, 7, 8], CancellationToken.None);

        var heads = (await File.ReadAllLinesAsync(FilePath)).Select(static line => AuditHeadLine.TryRead(line, out var head) ? head.ProjectId : line);
        heads.ShouldBe(["mill", "operators"]);
        _told.Errors.ShouldHaveSingleItem().ShouldContain($"the first is that of project shop at {AuditedProject.At(shop.Acts[^1])}");
    }

    private sealed class StandingClock : IDurableClock
    {
        public DateTimeOffset Now => DateTimeOffset.UnixEpoch.AddYears(60);
    }

    private sealed class Told : ILogger<AuditHeadExport>
    {
        public ConcurrentQueue<string> Errors { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Errors.Enqueue(formatter(state, exception));
        }
    }
}
