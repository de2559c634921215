using AwoooP.Journal.Delivery;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>Delivery on a database of its own, with a stand-in for the commit pipeline and the lease. It can crash and start again.</summary>
internal sealed class DeliveryHarness : JournalHarness
{
    private readonly List<IProjection> _projections = [];
    private readonly List<IReaction> _reactions = [];
    private readonly List<ISubscription> _subscriptions = [];
    private IWakeTarget? _wakes;

    private DeliveryHarness(PostgresFixture database)
        : base(database) => Writer = new EventWriter(database.Superuser);

    public EventWriter Writer { get; }

    public FakeOwnership Ownership { get; } = new(1, 2, 3);

    public Action<DeliveryOptions> Options { get; set; } = static options =>
    {
        options.FirstBackOff = TimeSpan.FromMilliseconds(5);
        options.MaxBackOff = TimeSpan.FromMilliseconds(50);
        options.CursorInterval = TimeSpan.FromMilliseconds(50);
        options.SweepInterval = TimeSpan.FromMilliseconds(200);
    };

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public ICommitObserver Observer => Get<ICommitObserver>();

    public static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    public static async Task<DeliveryHarness> CreateAsync() => new(await CreateDatabaseAsync());

    public DeliveryHarness With(IProjection projection)
    {
        _projections.Add(projection);
        return this;
    }

    public DeliveryHarness With(IReaction reaction)
    {
        _reactions.Add(reaction);
        return this;
    }

    public DeliveryHarness With(ISubscription subscription)
    {
        _subscriptions.Add(subscription);
        return this;
    }

    public DeliveryHarness With(IWakeTarget wakes)
    {
        _wakes = wakes;
        return this;
    }

    /// <summary>As if the process had died before it stored any position since <see cref="ForgetPositionsAsync"/>.</summary>
    public async Task CrashAsync()
    {
        await StopAsync();
        await ExecuteAsync("drop trigger forget on journal.cursor");
    }

    /// <summary>From here on positions that are stored are lost.</summary>
    public Task ForgetPositionsAsync() => ExecuteAsync(
        """
        create or replace function journal.forget() returns trigger language plpgsql as 'begin return null; end';
        create trigger forget before update on journal.cursor for each row execute function journal.forget();
        """);

    public Task<bool> PassedAsync(RecordedEvent recorded) =>
        Get<IPositionWaiter>().WaitAsync(recorded.Position, TimeSpan.FromSeconds(60), CancellationToken.None).AsTask();

    protected override void Register(IServiceCollection services)
    {
        services.AddSingleton(Time);
        services.AddSingleton<IPartitionOwnership>(Ownership);
        services.AddSingleton<IDurableClock>(new FakeDurableClock(Time));
        _projections.ForEach(projection => services.AddSingleton(projection));
        _reactions.ForEach(reaction => services.AddSingleton(reaction));
        _subscriptions.ForEach(subscription => services.AddSingleton(subscription));
        if (_wakes is not null)
            services.AddSingleton(_wakes);
        services.AddSingleton<IKnownEvents>(new EveryEvent());
        services.AddDelivery(Options);
    }
}
