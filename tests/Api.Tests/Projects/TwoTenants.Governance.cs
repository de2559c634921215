using AwoooP.Budgets;
using AwoooP.Client.Auth;
using AwoooP.Commands;
using AwoooP.Contracts;
using AwoooP.Holds;
using AwoooP.Operators;
using AwoooP.Retention;

namespace AwoooP.Api.Tests.Projects;

/// <summary>What governs each tenant: contracts, a budget with calls that were paid for, holds, a term of its own, and keys.</summary>
public sealed partial class TwoTenants
{
    /// <summary>What both tenants call something of their own.</summary>
    public const string Shared = "shared";

    private const string Draft = $"tool/{Shared}";

    /// <summary>Hashes of the documents of contracts, by tenant.</summary>
    public Dictionary<string, IReadOnlyList<string>> Documents { get; } = [];

    /// <summary>Of a contract, and of the agent that it is of: 0 is the same in both, and 1 is of one alone. Neither holds a mark, since questions hold it.</summary>
    public static string NameOf(string project, int number) => number == 0 ? Shared : $"{project}-only";

    /// <summary>Two agents and two policies in force, each with a second version as a draft, and a draft that was never published.</summary>
    public static IReadOnlyList<string> ContractsOf(string project) =>
        [$"agent/{NameOf(project, 0)}", $"agent/{NameOf(project, 1)}", $"policy/{NameOf(project, 0)}", $"policy/{NameOf(project, 1)}", Draft];

    /// <summary>No two tenants have keys of one id: they are of the operators, and not of a tenant.</summary>
    public static string KeyOf(string project, int number) => $"00000000000000{(project == Mine ? 'a' : 'b')}{number}";

    public static IReadOnlyList<string> AccountsOf(string project) =>
        [.. Enumerable.Range(0, 2).SelectMany(number => PartsOf(project, number))];

    private static string[] PartsOf(string project, int number) =>
        [BudgetAccount.OfAgent(NameOf(project, number)), BudgetAccount.OfIncident(IncidentOf(project, number)), BudgetAccount.OfRun(RunOf(project, number))];

    private static string DocumentOf(string contract, string mark) => contract.Split('/')[0] switch
    {
        "agent" =>
            $$"""
            {"schema_version":"v1","description":"{{mark}}","purpose":"diagnose","autonomy":"L1","tools":[],"models":[{"provider":"corp","model":"small"}],
             "limits":{"max_tokens":500,"max_cost_usd":0.01,"timeout_seconds":30},"answer_schema":{"type":"object"} }
            """,
        "policy" =>
            $$"""{"schema_version":"v1","description":"{{mark}}","rules":[{"name":"no_deletes","effect":"deny","actions":["delete:*"],"reason":"{{mark}}"}]}""",
        _ => $$"""{ "description": "{{mark}}" }""",
    };

    private async Task GovernAsync(string project)
    {
        var mark = MarkOf(project);
        await ContractAsync(project);
        await SendAsync(project, () => Get<IBudgetGrain>(BudgetAccount.Project).SetAsync(
            new SetBudget(new BudgetPlan { Month = new Allowance(100m), Agents = new Dictionary<string, Allowance> { [NameOf(project, 1)] = new(10m) } }, mark), CancellationToken.None));
        // Other days in each: a term has no text that could hold a mark.
        await SendAsync(project, () => Get<IRetentionGrain>(IRetentionGrain.Key).SetTermsAsync(
            new SetRetentionTerms(new Dictionary<string, int> { ["timeline_events"] = project == Mine ? 400 : 500 }), CancellationToken.None));
        for (var number = 0; number < 2; number++)
        {
            var hold = new PlaceLegalHold(RunOf(project, number), number == 0 ? null : IncidentOf(project, number), mark);
            await SendAsync(project, () => Get<ILegalHoldsGrain>(ILegalHoldsGrain.Key).PlaceAsync(hold, CancellationToken.None));
            await PayAsync(project, number);
            var (key, person) = (ApiKey.CreateFor(KeyOf(project, number)), $"{mark}-{number}");
            await SendAsync(
                IOperatorKeyGrain.Project,
                () => _grains.Get<IOperatorKeyGrain>($"{IOperatorKeyGrain.Project}/{key.KeyId}").IssueAsync(
                    new IssueOperatorKey(
                        key.KeyId, person, key.SecretSha256, new Dictionary<string, OperatorRole> { [project] = OperatorRole.Viewer }, project, ExpiresAt: null),
                    CancellationToken.None),
                mark);
        }

        TGrain Get<TGrain>(string localKey) where TGrain : IGrainWithStringKey => _grains.Get<TGrain>($"{project}/{localKey}");
    }

    private async Task ContractAsync(string project)
    {
        var mark = MarkOf(project);
        var (documents, signatures) = (new List<string>(), 0);
        CallContext.Current = new CallContext { ProjectId = project, Actor = mark };
        foreach (var contract in ContractsOf(project))
        {
            var grain = _grains.Get<IContractGrain>($"{project}/{contract}");
            await SendAsync(project, () => grain.DraftAsync(new DraftContract(DocumentOf(contract, mark)), CancellationToken.None));
            var sha256 = (await grain.GetAsync(CancellationToken.None))!.Versions[^1].Sha256;
            documents.Add(sha256);
            if (contract == Draft)
                continue;

            await SendAsync(project, () => grain.PublishAsync(new PublishContract(1, sha256), CancellationToken.None), $"{mark}-publisher");
            foreach (var signer in (string[])[$"{mark}-signer", $"{mark}-witness"])
            {
                var signature = SignatureOf(project, signatures++);
                await SendAsync(project, () => grain.SignAsync(new SignContract(1, sha256, signature), CancellationToken.None), signer);
            }

            await SendAsync(project, () => grain.DraftAsync(new DraftContract(DocumentOf(contract, $"{mark} again")), CancellationToken.None));
        }

        Documents[project] = documents;
    }

    /// <summary>The first two are those that calls name.</summary>
    private static Guid SignatureOf(string project, int number) =>
        number < 2 ? RunOf(project, number) : Guid.Parse($"01990000-0000-7000-8000-00000000a{number:d3}");

    /// <summary>A call that every account is charged for.</summary>
    private async Task PayAsync(string project, int number)
    {
        var call = new ModelCall(NameOf(project, number), "corp", MarkOf(project), RunOf(project, number), IncidentOf(project, number));
        var (id, cost) = (RunOf(project, number), new Spending(0.01m, 100));
        foreach (var account in (string[])[.. PartsOf(project, number), BudgetAccount.Project])
        {
            var grain = _grains.Get<IBudgetGrain>($"{project}/{account}");
            var limits = account == BudgetAccount.Project ? null : new Allowance();
            var deadline = TimeProvider.System.GetUtcNow().AddMinutes(30);
            await SendAsync(project, () => grain.ReserveAsync(new ReserveSpending(id, cost, deadline, call, limits), CancellationToken.None));
            await SendAsync(project, () => grain.SettleAsync(new SettleSpending(id, cost, 90, 10, call), CancellationToken.None));
        }
    }
}
