using System.Text;
using AwoooP.Commands;
using AwoooP.Contracts;
using AwoooP.Events;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Journal;
using AwoooP.Signing;

namespace AwoooP.Grains.Tests.Contracts;

/// <summary>A version that does not verify when it is loaded: its project is told, once a version and cause.</summary>
public sealed class UnusableContractTests
{
    private const string Restart = "tool/restart";
    private static readonly AggregateId Id = new(AggregateTypes.Contract, $"{GrainHarness.Project}/{Restart}");
    private readonly InMemoryJournal _journal = new();

    [Fact]
    public async Task GivenAChangedRow_WhenLoadedAgainAndAgain_ThenItIsToldOnceByThePlatform()
    {
        await ActivateAsync();
        Tamper("reversible", "read_only");

        await LoadAsync();
        await LoadAsync();

        var told = Told().ShouldHaveSingleItem();
        Read(told).ShouldBe(new ContractFoundUnusable(1, ContractRefusals.SignatureInvalid));
        told.Actor.ShouldBe(Actors.Platform);
    }

    [Fact]
    public async Task GivenAnotherCause_WhenLoaded_ThenItIsToldToo()
    {
        await ActivateAsync();
        await LoadAsync(SigningKeys.Key("k2"));
        await LoadAsync(SigningKeys.Key("k1", "bank"));
        Tamper("reversible", "read_only");
        await LoadAsync();
        await LoadAsync(SigningKeys.Key("k2"));

        Told().Select(static told => Read(told).ErrorCode).ShouldBe(
            [ContractRefusals.KeyUnknown, ContractRefusals.KeyOfAnotherProject, ContractRefusals.SignatureInvalid]);
    }

    [Fact]
    public async Task GivenAKeyThatCannotBeReadNow_WhenLoaded_ThenItIsUnusableAndNothingIsToldSinceNothingIsKnown()
    {
        await ActivateAsync();

        await using var platform = new ContractPlatform(_journal);
        platform.Keys.Keys = [new SigningKey("k1", [], null)];
        (await platform.AsAsync("agent:planner", platform.Contract(Restart).GetActiveAsync)).Refusal!.Code.ShouldBe(ContractRefusals.KeyUnavailable);

        Told().ShouldBeEmpty();
    }

    [Fact]
    public async Task GivenASoundContract_WhenLoaded_ThenNothingIsWritten()
    {
        await ActivateAsync();
        var written = _journal.Events.Count;

        await LoadAsync();

        _journal.Events.Count.ShouldBe(written);
    }

    /// <summary>A contract that somebody acts on at its load is acted on all the same; what was found comes before it in the log.</summary>
    [Fact]
    public async Task GivenAChangedRow_WhenACommandLoadsIt_ThenTheFindingComesFirst()
    {
        await ActivateAsync();
        Tamper("reversible", "read_only");

        await using var platform = new ContractPlatform(_journal);
        await platform.AcceptedAsync("ann", token => platform.Contract(Restart).DeprecateAsync(new DeprecateContract(1, "Changed by somebody."), token));

        _journal.Events.TakeLast(2).Select(static recorded => recorded.Type).ShouldBe(["contract.found_unusable", "contract.deprecated"]);
    }

    [Fact]
    public async Task GivenAChangedRow_WhenLoaded_ThenPeopleAreToldOnceInBothLanguages()
    {
        await ActivateAsync();
        Tamper("reversible", "read_only");
        var channel = new RecordingChannel();
        await using var platform = new DomainPlatform(memory: _journal, channel: channel, keys: new SigningKeys(SigningKeys.Key("k1")));

        await platform.AsAsync("dee", platform.Grains.GetGrain<IContractGrain>($"{GrainHarness.Project}/{Restart}").GetAsync);
        await platform.WorkAsync();

        var message = channel.Messages.ShouldHaveSingleItem();
        message.Type.ShouldBe("TYPE-5S");
        message.Title.ShouldBe("Contract tool/restart cannot be used: version 1 does not verify");
        message.Body.ShouldBe(
            "Contract tool/restart cannot be used: version 1 does not verify. Its document, its seal or a signature was changed after it was signed.\n"
            + "合約 tool/restart 無法使用：第 1 版未通過驗證。其文件、封印或簽署在簽署後遭到變更。");
    }

    private async Task ActivateAsync()
    {
        await using var platform = new ContractPlatform(_journal);
        var contract = platform.Contract(Restart);
        await platform.AcceptedAsync("ann", token => contract.DraftAsync(new DraftContract(ContractFixtures.Valid(ContractKind.Tool)), token));
        var sha256 = (await platform.AsAsync("dee", contract.GetAsync))!.Versions.Single().Sha256;
        await platform.AcceptedAsync("ann", token => contract.PublishAsync(new PublishContract(1, sha256), token));
        foreach (var signer in (string[])["ben", "cho"])
        {
            platform.Clock.Advance(TimeSpan.FromSeconds(1));
            await platform.AcceptedAsync(signer, token => contract.SignAsync(new SignContract(1, sha256, Guid.CreateVersion7(platform.Now)), token));
        }
    }

    /// <summary>A silo starts, somebody reads the contract, and the silo goes.</summary>
    private async Task LoadAsync(SigningKey? key = null)
    {
        await using var platform = new ContractPlatform(_journal);
        if (key is not null)
            platform.Keys.Keys = [key];
        await platform.AsAsync("dee", platform.Contract(Restart).GetAsync);
    }

    private void Tamper(string before, string after) =>
        _journal.Rewrite(Id, state => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(state.Span).Replace(before, after, StringComparison.Ordinal)));

    private List<RecordedEvent> Told() => [.. _journal.Events.Where(static recorded => recorded.Type == "contract.found_unusable")];

    private static ContractFoundUnusable Read(RecordedEvent recorded) =>
        (ContractFoundUnusable)EventCatalog.Default.Decode(recorded.Type, recorded.TypeVersion, recorded.Data.Span);
}
