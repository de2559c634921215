using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AwoooP.Audit;
using AwoooP.Budgets;
using AwoooP.Commands;
using AwoooP.Journal;
using AwoooP.Models;
using AwoooP.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace AwoooP.Grains.Tests.Models;

/// <summary>The gateway over accounts and a provider that do what a test says, on a clock that stands still.</summary>
internal sealed class ModelDesk : IDurableClock, IModelProvider, IModelPrices
{
    public const string Project = "shop";
    public const string Agent = "triage";
    public const string Incident = "INC-20260115-000001";
    public static readonly Guid Run = Guid.Parse("01990000-0000-7000-8000-000000000001");

    private readonly ConcurrentDictionary<string, IBudgetGrain> _accounts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ToldAccount> _told = new();
    private readonly ConcurrentQueue<(CallContext, DenyAct)> _denied = new();
    private readonly IAuditGrain _trail = Substitute.For<IAuditGrain>();

    /// <param name="time">Measures waits, where it is not <see cref="Clock"/>.</param>
    public ModelDesk(TimeProvider? time = null)
    {
        Grains.GetGrain<IBudgetGrain>(Arg.Any<string>(), Arg.Any<string?>()).Returns(call => _accounts.GetOrAdd(call.ArgAt<string>(0), key => new Account(this, key)));
        Grains.GetGrain<IAuditGrain>($"{Project}/{IAuditGrain.Key}", Arg.Any<string?>()).Returns(_trail);
        _trail.DenyAsync(null!, default).ReturnsForAnyArgs(call => DenyAsync(call.Arg<DenyAct>()));
        var meters = Substitute.For<IMeterFactory>();
        meters.Create(Arg.Any<MeterOptions>()).Returns(static call => new Meter(call.Arg<MeterOptions>()));
        Sink = new DeniedActs(Grains, Clock, meters, NullLogger<DeniedActs>.Instance);
        Refused = new RefusedCalls(Sink, this, time ?? Clock);
        Gateway = new ModelGateway(this, this, Calls, Untold, Refused, Grains, this, time ?? Clock, NullLogger<ModelGateway>.Instance);
    }

    /// <summary>What went on record as refused, and in whose name.</summary>
    public IReadOnlyList<(CallContext Caller, DenyAct Act)> Denied => [.. _denied];

    public IAuditGrain Trail => _trail;

    /// <summary>The trail answers when it has ended.</summary>
    public Task Writing { get; set; } = Task.CompletedTask;

    public DeniedActs Sink { get; }

    public RefusedCalls Refused { get; }

    public FakeClock Clock { get; } = new();

    public DateTimeOffset Now => Clock.GetUtcNow();

    public IGrainFactory Grains { get; } = Substitute.For<IGrainFactory>();

    public CallsInFlight Calls { get; } = new();

    public UntoldCalls Untold { get; } = new(NullLogger<UntoldCalls>.Instance);

    public ModelGateway Gateway { get; }

    public BudgetPlan Plan { get; set; } = new()
    {
        Run = new Allowance(0.5m),
        Incident = new Allowance(2m),
        AgentMonth = new Allowance(10m, 1_000_000),
    };

    public bool IsUsedUp { get; set; }

    /// <summary>Codes by account.</summary>
    public Dictionary<string, string> Refusing { get; } = [];

    /// <summary>Runs before an account takes a command; what it throws is what the caller meets.</summary>
    public Func<ToldAccount, Task> Meet { get; set; } = static _ => Task.CompletedTask;

    /// <summary>How the provider answers.</summary>
    public Func<PlatformEnvelope, CancellationToken, Task<ProviderReply>> Answer { get; set; } =
        static (_, _) => Task.FromResult<ProviderReply>(new ProviderReply.Answered("yes", 100, 20));

    public ConcurrentQueue<PlatformEnvelope> Sent { get; } = new();

    /// <summary>Everything that accounts were told and did not throw at, as <c>verb account</c>, in order.</summary>
    public IReadOnlyList<string> Told => [.. _told.Select(static one => $"{one.Verb} {one.Account}")];

    public IReadOnlyList<ToldAccount> Commands => [.. _told];

    public IReadOnlyCollection<string> Names { get; } = ["local"];

    public PlatformEnvelope Envelope => new()
    {
        ProjectId = Project,
        RunId = Run,
        IncidentId = Incident,
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        AgentId = Agent,
        Purpose = "diagnose",
        Provider = "local",
        Model = "small",
        Deadline = Now.AddSeconds(30),
        MaxTokens = 50,
        MaxCostUsd = 1,
        Payload = [new ModelMessage(ModelRole.User, "Why?")],
    };

    /// <summary>Of <see cref="Envelope"/>: 4 bytes and 16 around them, 50 of the completion, at 1,000 and 2,000 dollars a million.</summary>
    public static ModelUsage AtMost { get; } = new(20, 50, 0.12m);

    public ModelPrice? Find(string provider, string model, DateTimeOffset at) =>
        (provider, model) == ("local", "small") ? new ModelPrice(1000, 2000) : null;

    public async Task<ProviderReply> CompleteAsync(PlatformEnvelope envelope, Guid callId, CancellationToken cancellationToken)
    {
        Sent.Enqueue(envelope);
        return await Answer(envelope, cancellationToken);
    }

    /// <summary>Lets time pass until the call has ended, so that what waits for the clock goes on.</summary>
    public async Task<T> PassTimeAsync<T>(Task<T> call, TimeSpan step)
    {
        await Eventually.BecomesTrueAsync(
            () =>
            {
                if (!call.IsCompleted)
                    Clock.Advance(step);
                return call.IsCompleted;
            },
            "the call ends");
        return await call;
    }

    private async Task<CommandResult> DenyAsync(DenyAct act)
    {
        _denied.Enqueue((CallContext.Current!, act));
        await Writing;
        return new CommandResult(1);
    }

    private async Task<CommandResult> TakeAsync(string key, string verb, object command)
    {
        var told = new ToldAccount(key[(Project.Length + 1)..], verb, command, CallContext.Current!);
        await Meet(told);
        _told.Enqueue(told);
        return verb == "reserve" && Refusing.TryGetValue(told.Account, out var code)
            ? CommandResult.Refuse(1, new Refusal(RefusalKind.Conflict, code, "It does not fit."))
            : new CommandResult(1);
    }

    private sealed class Account(ModelDesk desk, string key) : IBudgetGrain
    {
        public Task<CommandResult> SetAsync(SetBudget command, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<CommandResult> ReserveAsync(ReserveSpending command, CancellationToken cancellationToken) => desk.TakeAsync(key, "reserve", command);

        public Task<CommandResult> SettleAsync(SettleSpending command, CancellationToken cancellationToken) => desk.TakeAsync(key, "settle", command);

        public Task<CommandResult> ReleaseAsync(ReleaseSpending command, CancellationToken cancellationToken) => desk.TakeAsync(key, "release", command);

        public async Task<BudgetView> GetAsync(CancellationToken cancellationToken)
        {
            // What is read is as it was when it was asked for.
            var view = new BudgetView(1, desk.Plan, false, desk.IsUsedUp ? new BudgetKill(BudgetPeriod.Day, desk.Now, desk.Now.AddHours(1)) : null, [], 0);
            await desk.Meet(new ToldAccount(key[(Project.Length + 1)..], "read", this, CallContext.Current!));
            return view;
        }

        public Task WakeAsync(string name, DateTimeOffset dueAt, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}

internal sealed record ToldAccount(string Account, string Verb, object Command, CallContext Call);
