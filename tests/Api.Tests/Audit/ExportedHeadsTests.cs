using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Auth;
using AwoooP.Client.Cli;
using AwoooP.Operators;

namespace AwoooP.Api.Tests.Audit;

/// <summary>The file that silos append every project's heads to, against the trail of one.</summary>
[Collection(StandardOutput.Name)]
public sealed class ExportedHeadsTests(AuditDatabase database) : IClassFixture<AuditDatabase>, IAsyncLifetime
{
    private const short OperatorsPartition = 8;
    private const int OperatorsActs = 3;

    private readonly FrontHost _host = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("awooop-audit-");
    private ApiKey _shopkeeper = null!;
    private ApiKey _admin = null!;

    private string FilePath => Path.Combine(_folder.FullName, "heads.jsonl");

    public async Task InitializeAsync()
    {
        _host.Records = database.Endpoints.App;
        await _host.InitializeAsync();
        _shopkeeper = _host.Cluster.Issue("adam", OperatorRole.Admin, AuditDatabase.Project);
        _admin = _host.Cluster.Issue("root", OperatorRole.Admin, "*");
        _host.Cluster.MakeProject("awoooi");
        await database.ForgetAsync();
        await database.TellAsync();
        await database.TellAsync(IOperatorKeyGrain.Project, OperatorsActs, OperatorsPartition);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Verify_AgainstTheHeadsOfEveryProject_ComparesThoseOfTheOneThatItChecks()
    {
        var shop = await HeadsAsync();
        // A project that has been taken out since: nobody can look its acts up any more.
        var gone = shop.Replace("\"project_id\":\"shop\"", "\"project_id\":\"gone\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(FilePath, gone + shop + await HeadsAsync("--scope", "operators"));

        var ofShop = (ExitCodes.Done, $"The audit trail is whole. Acts: {AuditDatabase.Acts}; signed heads: 1; exported heads: 1; lines of other projects that were passed over: 2.\n", "");
        (await VerifyAsync(_shopkeeper)).ShouldBe(ofShop);
        (await VerifyAsync(_shopkeeper, "--project", AuditDatabase.Project)).ShouldBe(ofShop);
        (await VerifyAsync(_admin, "--project", AuditDatabase.Project)).ShouldBe(ofShop);
        (await VerifyAsync(_admin, "--scope", "operators")).ShouldBe(
            (ExitCodes.Done, $"The audit trail is whole. Acts: {OperatorsActs}; signed heads: 1; exported heads: 1; lines of other projects that were passed over: 2.\n", ""));
    }

    [Fact]
    public async Task Verify_WhenTheHeadsOfTheReservedProjectAreGone_FindsIt()
    {
        await File.WriteAllTextAsync(FilePath, await HeadsAsync() + await HeadsAsync("--scope", "operators"));
        await database.TamperAsync("delete from awooop_audit_head where project_id = 'operators'");

        (await VerifyAsync(_shopkeeper)).Code.ShouldBe(ExitCodes.Done);
        var (code, _, errors) = await VerifyAsync(_admin, "--scope", "operators");

        code.ShouldBe(ExitCodes.Failed);
        errors.ShouldContain($"The audit trail is broken: the row at 1.{OperatorsPartition}.{OperatorsActs} in operators was signed, and its head is not there.");
    }

    /// <summary>The newest head of the file is good then: a silo has signed what somebody made of the chain, and exported that.</summary>
    [Fact]
    public async Task Verify_WhenTheChainWasWrittenAnewAndSignedAgain_FindsTheOlderHead()
    {
        var before = await HeadsAsync();
        await database.ForgetAsync();
        await database.TellAsync(acts: AuditDatabase.Acts + 1, actor: "eve");
        await File.WriteAllTextAsync(FilePath, before + await HeadsAsync());

        (await _host.RunAsync(_shopkeeper, "audit", "verify")).Code.ShouldBe(ExitCodes.Done);
        var (code, _, errors) = await VerifyAsync(_shopkeeper);

        code.ShouldBe(ExitCodes.Failed);
        errors.ShouldContain($"The audit trail is broken: the row at 1.7.{AuditDatabase.Acts} in shop was signed, and its head is not there.");
    }

    [Fact]
    public async Task Verify_WhenTheSameRowIsAnotherNow_FindsIt()
    {
        var before = await HeadsAsync();
        await database.ForgetAsync();
        await database.TellAsync(actor: "eve");
        await File.WriteAllTextAsync(FilePath, before);

        var (code, _, errors) = await VerifyAsync(_shopkeeper);
        code.ShouldBe(ExitCodes.Failed);
        errors.ShouldContain($"The audit trail is broken: the row at 1.7.{AuditDatabase.Acts} in shop is another than the one that was signed.");

        await File.AppendAllTextAsync(FilePath, await HeadsAsync());
        (code, _, errors) = await VerifyAsync(_shopkeeper);
        code.ShouldBe(ExitCodes.Failed);
        errors.ShouldContain($"The audit trail is broken: the row at 1.7.{AuditDatabase.Acts} in shop was signed twice, and was another the second time.");
    }

    private async Task<string> HeadsAsync(params string[] scope)
    {
        string[] typed = ["audit", "heads", .. scope];
        var (code, output, errors) = await _host.RunAsync(scope.Length == 0 ? _shopkeeper : _admin, typed);
        code.ShouldBe(ExitCodes.Done, errors);
        return output;
    }

    private Task<(int Code, string Output, string Errors)> VerifyAsync(ApiKey key, params string[] more)
    {
        string[] typed = ["audit", "verify", "--heads", FilePath, .. more];
        return _host.RunAsync(key, typed);
    }
}
