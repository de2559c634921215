using System.Text;
using AwoooP.Journal.Intake;
using AwoooP.Journal.Tests.Delivery;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Journal.Tests.Intake;

/// <summary>The intake log on a database of its own. It can crash and start again.</summary>
internal sealed class IntakeHarness : JournalHarness
{
    private IntakeHarness(PostgresFixture database)
        : base(database)
    {
    }

    public FakeOwnership Ownership { get; } = new(1, 2, 3, 4);

    public RecordingConsumer Consumer { get; } = new();

    public Action<IntakeOptions> Options { get; set; } = static _ => { };

    public IIntakeLog Log => Get<IIntakeLog>();

    public IntakeBacklog Backlog => Get<IIntakeStatus>().Read();

    public static async Task<IntakeHarness> CreateAsync() => new(await CreateDatabaseAsync());

    public static IntakeEntry Entry(string body, int items = 1, string? orderKey = null) =>
        new("p1", RecordingConsumer.KindName, Encoding.UTF8.GetBytes(body), items, null, orderKey);

    public override async Task StartAsync()
    {
        await base.StartAsync();
        if (Ownership.Owned.Count > 0)
            await UntilTakenAsync();
    }

    /// <summary>Waits until what is owned is written to and worked off.</summary>
    public Task UntilTakenAsync() => UntilAsync(() => HasTaken);

    public bool HasTaken => Get<IntakeLog>().Partitions
        .Where(static partition => !partition.IsStopped).Select(static partition => partition.Partition).ToHashSet().SetEquals(Ownership.Owned);

    public async Task<IntakeStatus> AppendAsync(string body, int items = 1, string? orderKey = null) =>
        (await Log.AppendAsync(Entry(body, items, orderKey), CancellationToken.None)).Status;

    public Task<List<string>> StoredAsync() =>
        QueryAsync("select convert_from(payload, 'UTF8') from journal.intake order by partition, seq");

    /// <summary>Sessions that wait for a lock that another one holds.</summary>
    public async Task<int> CountWaitingAsync() =>
        (await QueryAsync("select pid::text from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).Count;

    protected override void Register(IServiceCollection services)
    {
        services.AddSingleton<IPartitionOwnership>(Ownership);
        services.AddSingleton<IDurableClock>(new FakeDurableClock(TimeProvider.System));
        services.AddSingleton<IIntakeConsumer>(Consumer);
        services.AddIntake(options =>
        {
            options.FirstBackOff = TimeSpan.FromMilliseconds(5);
            options.MaxBackOff = TimeSpan.FromMilliseconds(50);
            options.CursorInterval = TimeSpan.FromMilliseconds(50);
            Options(options);
        });
    }
}
