using AwoooP.Contracts;
using AwoooP.Records.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Records.Tests.Queries;

/// <summary>A cursor can be taken apart and written again with another id. That is the caller's mistake, told as such before PostgreSQL is asked.</summary>
public sealed class AlteredCursorTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>, IAsyncLifetime
{
    private const string SomeUuid = "01900000-0000-7000-8000-000000000011";
    private const string SomePosition = "1.7.11";

    private static readonly string[] NoUuids = ["none", $"({SomeUuid})", $"{{{SomeUuid}}}", SomeUuid[1..]];
    private static readonly string[] NoPositions = ["none", "1.7", "32768.0.1", "99999.0.1", "1.32768.1"];
    private static readonly ContractId Contract = ContractId.Parse(Story.Contract);

    private static readonly Dictionary<string, AskedList> Lists = new()
    {
        ["runs"] = new(typeof(RunRow), new RunFilter(), SomeUuid, NoUuids, static (services, page) =>
            services.GetRequiredService<RunQueries>().ListAsync("p", new(), page, CancellationToken.None)),
        ["ledger"] = new(typeof(LedgerRow), new LedgerFilter(), SomeUuid, NoUuids, static (services, page) =>
            services.GetRequiredService<BudgetQueries>().ListAsync("p", new(), page, CancellationToken.None)),
        ["signatures"] = new(typeof(ContractSignatureRow), Contract, SomeUuid, NoUuids, static (services, page) =>
            services.GetRequiredService<ContractQueries>().SignaturesAsync("p", Contract, page, CancellationToken.None)),
        ["holds"] = new(typeof(LegalHoldRow), new LegalHoldFilter(), SomeUuid, NoUuids, static (services, page) =>
            services.GetRequiredService<LegalHoldQueries>().ListAsync("p", new(), page, CancellationToken.None)),
        ["acts"] = new(typeof(AuditEventRow), new AuditEventFilter(), SomePosition, NoPositions, static (services, page) =>
            services.GetRequiredService<AuditEventQueries>().ListAsync("p", new(), page, CancellationToken.None)),
        ["heads"] = new(typeof(AuditHeadRow), new AuditHeadFilter(), SomePosition, NoPositions, static (services, page) =>
            services.GetRequiredService<AuditHeadQueries>().ListAsync("p", new(), page, CancellationToken.None)),
    };

    private ServiceProvider _services = null!;

    public Task InitializeAsync()
    {
        _services = new ServiceCollection().AddRecords(_ => database.App).BuildServiceProvider();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _services.DisposeAsync();

    public static TheoryData<string> Names => [.. Lists.Keys];

    public static TheoryData<string, string> Altered()
    {
        var altered = new TheoryData<string, string>();
        foreach (var (name, list) in Lists)
        {
            foreach (var id in list.OtherIds)
                altered.Add(name, id);
        }

        return altered;
    }

    [Theory]
    [MemberData(nameof(Altered))]
    public async Task List_FromAnIdThatNoRowCanHave_IsRefusedAsTheCursors(string list, string id) =>
        await Should.ThrowAsync<InvalidCursorException>(() => AskAsync(list, id));

    /// <summary>That the refusals above are the id's, and not those of a cursor of another list.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task List_FromAnIdAsRowsHaveThem_IsAnswered(string list) => await AskAsync(list, Lists[list].Id);

    private async Task AskAsync(string name, string id)
    {
        var list = Lists[name];
        var cursor = new Cursor(DateTimeOffset.UnixEpoch, id) { Question = Cursor.QuestionOf(list.Row, list.Filter) };
        await list.Ask(_services, new PageRequest(cursor.ToString()));
    }

    private sealed record AskedList(Type Row, object Filter, string Id, string[] OtherIds, Func<IServiceProvider, PageRequest, Task> Ask);
}
