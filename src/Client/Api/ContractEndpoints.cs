using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Client.Queries;
using AwoooP.Commands;
using AwoooP.Contracts;
using AwoooP.Operators;
using AwoooP.Records;
using AwoooP.Records.Reading;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AwoooP.Client.Api;

/// <summary>Operators draft, admins publish and take out of force, approvers sign.</summary>
internal static class ContractEndpoints
{
    private static readonly Resource<IContractGrain, ContractView, ContractDetail> Contracts = new(
        "contract",
        static id => ContractId.TryParse(id, out _) ? id : null,
        static (grain, cancellationToken) => grain.GetAsync(cancellationToken),
        static view => view.Version,
        static (call, view) => ContractDetail.Of(call.ProjectId, view));

    private static ProblemResult MissingVersion => Problem.NotFound("contract_version_not_found", "There is no such version of a contract in this project.").Result();

    public static void MapContracts(this IEndpointRouteBuilder api)
    {
        var contracts = api.MapGroup("/contracts").WithTags("contracts");
        contracts.MapGet("/", ListAsync).Needs(OperatorRole.Viewer).WithName("ListContracts").WithSummary("Contracts, newest first");

        var contract = contracts.MapGroup("/{kind}/{name}");
        contract.MapGet("/", GetAsync).Needs(OperatorRole.Viewer).WithName("GetContract").WithSummary("One contract with its versions that are not retired");
        contract.MapPut("/draft", DraftAsync).Needs(OperatorRole.Operator).WithName("DraftContract")
            .WithSummary("Begin a draft as the next version, or change the one that there is");
        contract.MapPost("/validate", ValidateAsync).Needs(OperatorRole.Viewer).WithName("ValidateContract").WithSummary("What publishing would say of a document");
        contract.MapGet("/diff", DiffAsync).Needs(OperatorRole.Viewer).WithName("CompareContractVersions").WithSummary("How two versions differ, by JSON path");
        contract.MapGet("/signatures", SignaturesAsync).Needs(OperatorRole.Viewer).WithName("ListContractSignatures")
            .WithSummary("Every seal and signature of every version, newest first");
        contract.MapGet("/versions", VersionsAsync).Needs(OperatorRole.Viewer).WithName("ListContractVersions").WithSummary("All versions, newest first");

        var version = contract.MapGroup("/versions/{version}");
        version.MapGet("/", GetVersionAsync).Needs(OperatorRole.Viewer).WithName("GetContractVersion").WithSummary("One version with its document");
        version.MapPost("/publish", PublishAsync).Needs(OperatorRole.Admin).WithName("PublishContract").WithSummary("Seal a draft, after which it is never changed");
        version.MapPost("/sign", SignAsync).Needs(OperatorRole.Approver).WithName("SignContract")
            .WithSummary("Sign a published version; the second signature within a day puts it in force");
        version.MapPost("/deprecate", DeprecateAsync).Needs(OperatorRole.Admin).WithName("DeprecateContract").WithSummary("Take the version in force out of it");
        version.MapPost("/retire", RetireAsync).Needs(OperatorRole.Admin).WithName("RetireContract").WithSummary("Be done with a version that is not in force");
    }

    private static async Task<Ok<Page<ContractRow>>> ListAsync(
        QueryChoice<ContractKind> kind, QueryPage page, OperatorCall call, ContractQueries queries, CancellationToken cancellationToken) =>
        TypedResults.Ok(await queries.ListAsync(call.ProjectId, new ContractFilter(kind.Value), page.Value, cancellationToken));

    private static Task<Results<Ok<ContractDetail>, ProblemResult>> GetAsync(
        [FromRoute] string kind, [FromRoute] string name, OperatorCall call, CancellationToken cancellationToken) =>
        Contracts.GetAsync(call, $"{kind}/{name}", cancellationToken);

    private static Task<Results<Ok<ContractDetail>, ProblemResult>> DraftAsync(
        [FromRoute] string kind, [FromRoute] string name, JsonBody<ContractDocumentRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var command = new DraftContract(body.Value.Document.GetRawText());
        return Contracts.ActAsync(call, Named(kind, name).ToString(), grain => grain.DraftAsync(command, cancellationToken), cancellationToken);
    }

    private static async Task<Results<Ok<ContractReport>, ProblemResult>> ValidateAsync(
        [FromRoute] string kind, [FromRoute] string name, JsonBody<ContractDocumentRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var grain = call.Grain<IContractGrain>(Named(kind, name).ToString());
        var findings = await call.AskAsync(() => grain.ValidateAsync(new DraftContract(body.Value.Document.GetRawText()), cancellationToken));
        return TypedResults.Ok(new ContractReport(findings.Faults.Count == 0, findings.Sha256, FieldErrors.Of(findings.Faults)));
    }

    private static async Task<Results<Ok<Page<ContractVersionRow>>, ProblemResult>> VersionsAsync(
        [FromRoute] string kind, [FromRoute] string name, QueryPage page, OperatorCall call, ContractQueries queries, CancellationToken cancellationToken) =>
        ContractId.TryParse($"{kind}/{name}", out var id)
            ? TypedResults.Ok(await queries.VersionsAsync(call.ProjectId, id, page.Value, cancellationToken))
            : Contracts.Missing;

    private static async Task<Results<Ok<Page<ContractSignatureRow>>, ProblemResult>> SignaturesAsync(
        [FromRoute] string kind, [FromRoute] string name, QueryPage page, OperatorCall call, ContractQueries queries, CancellationToken cancellationToken) =>
        ContractId.TryParse($"{kind}/{name}", out var id)
            ? TypedResults.Ok(await queries.SignaturesAsync(call.ProjectId, id, page.Value, cancellationToken))
            : Contracts.Missing;

    private static async Task<Results<Ok<ContractVersionDetail>, ProblemResult>> GetVersionAsync(
        [FromRoute] string kind, [FromRoute] string name, [FromRoute] string version,
        OperatorCall call, ContractQueries queries, CancellationToken cancellationToken) =>
        ContractId.TryParse($"{kind}/{name}", out var id) && QueryVersion.NumberOf(version) is { } number
        && await FindAsync(call, queries, id, number, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : MissingVersion;

    private static async Task<Results<Ok<ContractDifference>, ProblemResult>> DiffAsync(
        [FromRoute] string kind, [FromRoute] string name,
        [Required, Description("The version before.")] QueryVersion from, [Required, Description("The version after.")] QueryVersion to,
        OperatorCall call, ContractQueries queries, CancellationToken cancellationToken)
    {
        if (!ContractId.TryParse($"{kind}/{name}", out var id))
            return Contracts.Missing;

        return await FindAsync(call, queries, id, from.Number, cancellationToken) is { } before
            && await FindAsync(call, queries, id, to.Number, cancellationToken) is { } after
            ? TypedResults.Ok(new ContractDifference(from.Number, to.Number, JsonDifference.Of(before.Document, after.Document)))
            : MissingVersion;
    }

    private static Task<Results<Ok<ContractDetail>, ProblemResult>> PublishAsync(
        [FromRoute] string kind, [FromRoute] string name, [FromRoute] string version,
        JsonBody<PublishContractRequest> body, OperatorCall call, CancellationToken cancellationToken) =>
        ActAsync(
            call,
            kind,
            name,
            version,
            (grain, number) => grain.PublishAsync(new PublishContract(number, body.Value.DocumentSha256, call.Identity.Who.IssuedBy), cancellationToken),
            cancellationToken);

    private static Task<Results<Ok<ContractDetail>, ProblemResult>> SignAsync(
        [FromRoute] string kind, [FromRoute] string name, [FromRoute] string version,
        JsonBody<SignContractRequest> body, OperatorCall call, CancellationToken cancellationToken) =>
        ActAsync(
            call,
            kind,
            name,
            version,
            (grain, number) => grain.SignAsync(new SignContract(number, body.Value.DocumentSha256, body.Value.SignatureId, call.Identity.Who.IssuedBy), cancellationToken),
            cancellationToken);

    private static Task<Results<Ok<ContractDetail>, ProblemResult>> DeprecateAsync(
        [FromRoute] string kind, [FromRoute] string name, [FromRoute] string version,
        JsonBody<OptionalReasonRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var reason = Texts.Optional("reason", body.Value.Reason);
        return ActAsync(call, kind, name, version, (grain, number) => grain.DeprecateAsync(new DeprecateContract(number, reason), cancellationToken), cancellationToken);
    }

    private static Task<Results<Ok<ContractDetail>, ProblemResult>> RetireAsync(
        [FromRoute] string kind, [FromRoute] string name, [FromRoute] string version,
        JsonBody<OptionalReasonRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var reason = Texts.Optional("reason", body.Value.Reason);
        return ActAsync(call, kind, name, version, (grain, number) => grain.RetireAsync(new RetireContract(number, reason), cancellationToken), cancellationToken);
    }

    private static async Task<Results<Ok<ContractDetail>, ProblemResult>> ActAsync(
        OperatorCall call,
        string kind,
        string name,
        string version,
        Func<IContractGrain, int, Task<CommandResult>> act,
        CancellationToken cancellationToken) =>
        QueryVersion.NumberOf(version) is { } number
            ? await Contracts.ActAsync(call, $"{kind}/{name}", grain => act(grain, number), cancellationToken)
            : MissingVersion;

    /// <summary>What is not retired, its grain knows best; the rest is in the record tables.</summary>
    private static async Task<ContractVersionDetail?> FindAsync(OperatorCall call, ContractQueries queries, ContractId id, int number, CancellationToken cancellationToken)
    {
        var grain = call.Grain<IContractGrain>(id.ToString());
        if (await call.AskAsync(() => grain.GetAsync(cancellationToken)) is not { } view)
            return null;
        if (view.Versions.FirstOrDefault(held => held.Number == number) is { } held)
            return ContractVersionDetail.Of(held);

        return await queries.FindAsync(call.ProjectId, id, number, cancellationToken) is { } row ? ContractVersionDetail.Of(row) : null;
    }

    private static ContractId Named(string kind, string name) => ContractId.TryParse($"{kind}/{name}", out var id)
        ? id
        : throw new ProblemException(Problem.Invalid(new FieldError(
            "name",
            "invalid_contract_id",
            "A contract is named by one of the kinds and 1 to 64 lower-case letters, digits, dots, dashes and underscores.",
            "(agent|tool|playbook|policy|channel|decision)/[a-z0-9][a-z0-9._-]{0,63}")));
}
