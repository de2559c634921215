using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AwoooP.Client.Api;

/// <summary>One kind of grain as the API shows it: read it, or act on it and read it again, each answer with its ETag.</summary>
/// <param name="name">In refusals; a missing one is <c>{name}_not_found</c>.</param>
/// <param name="keyOf">The grain's key within the project for an id of the path; null when no such id can be.</param>
internal sealed class Resource<TGrain, TView, TDetail>(
    string name,
    Func<string, string?> keyOf,
    Func<TGrain, CancellationToken, Task<TView?>> read,
    Func<TView, long> version,
    Func<OperatorCall, TView, TDetail> detail)
    where TGrain : IGrainWithStringKey
    where TView : class
{
    public ProblemResult Missing => Problem.NotFound($"{name}_not_found", $"There is no such {name} in this project.").Result();

    public async Task<Results<Ok<TDetail>, ProblemResult>> GetAsync(OperatorCall call, string id, CancellationToken cancellationToken) =>
        keyOf(id) is { } key ? await AnswerAsync(call, call.Grain<TGrain>(key), cancellationToken) : Missing;

    public async Task<Results<Ok<TDetail>, ProblemResult>> ActAsync(
        OperatorCall call, string id, Func<TGrain, Task<CommandResult>> act, CancellationToken cancellationToken)
    {
        if (keyOf(id) is not { } key)
            return Missing;

        var grain = call.Grain<TGrain>(key);
        var result = await call.SendAsync(() => act(grain));
        return result.IsAccepted ? await AnswerAsync(call, grain, cancellationToken) : Problem.Of(result).Result();
    }

    private async Task<Results<Ok<TDetail>, ProblemResult>> AnswerAsync(OperatorCall call, TGrain grain, CancellationToken cancellationToken)
    {
        if (await call.AskAsync(() => read(grain, cancellationToken)) is not { } view)
            return Missing;

        call.Tag(version(view));
        return TypedResults.Ok(detail(call, view));
    }
}
