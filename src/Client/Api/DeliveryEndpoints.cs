using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Commands;
using AwoooP.Deliveries;
using AwoooP.Events;
using AwoooP.Journal.Delivery;
using AwoooP.Operators;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AwoooP.Client.Api;

internal static class DeliveryEndpoints
{
    /// <summary>Of one answer; when it has so many there may be more.</summary>
    public const int MaxDeadLettersShown = 200;

    public static void MapDelivery(this IEndpointRouteBuilder api)
    {
        var delivery = api.MapGroup("/delivery").WithTags("delivery");
        delivery.MapGet("/", GetAsync).Needs(OperatorRole.Operator).WithName("GetDelivery").WithSummary("Lag of every consumer, and dead letters");
        delivery.MapPost("/dead-letters/{dead_letter_id}/retry", RetryAsync).Needs(OperatorRole.Admin).WithName("RetryDeadLetter")
            .WithSummary("Deliver an event, and what waits behind it, once its cause is cured");
        delivery.MapPost("/dead-letters/{dead_letter_id}/discard", DiscardAsync).Needs(OperatorRole.Admin).WithName("DiscardDeadLetter")
            .WithSummary("Give an event up for its consumer for good, and deliver what waits behind it");
    }

    private static async Task<Ok<DeliveryReport>> GetAsync(OperatorCall call, IDeliveryStatus status, IDeadLetters deadLetters, CancellationToken cancellationToken)
    {
        var now = status.Read();
        var held = await deadLetters.ListAsync(call.ProjectId, MaxDeadLettersShown, cancellationToken);
        return TypedResults.Ok(new DeliveryReport(
            now.Partitions,
            [.. now.Consumers.Select(consumer => new ConsumerReport(
                consumer.Name, Literal.Of(consumer.Kind), consumer.Lag, consumer.Delivered, consumer.Retries, consumer.Failures, consumer.IsStuck, consumer.Fault))],
            [.. held.Select(letter => new DeadLetterReport(
                letter.Id, letter.Consumer, Literal.Of(letter.Kind), letter.Position.ToString(), letter.Aggregate.ToString(), letter.EventType,
                letter.Reason, letter.Attempts, letter.At, letter.Queued))]));
    }

    private static Task<Results<Ok<RetryReport>, ProblemResult>> RetryAsync(
        [FromRoute(Name = "dead_letter_id")] string deadLetterId, OperatorCall call, IDeadLetters deadLetters, CancellationToken cancellationToken) =>
        ActAsync(
            deadLetterId,
            call,
            deadLetters,
            (file, withheld) => file.RetryAsync(new RetryDeadLetter(withheld), cancellationToken),
            deadLetters.RetryAsync,
            cancellationToken);

    private static Task<Results<Ok<RetryReport>, ProblemResult>> DiscardAsync(
        [FromRoute(Name = "dead_letter_id")] string deadLetterId, JsonBody<ReasonRequest> body, OperatorCall call, IDeadLetters deadLetters,
        CancellationToken cancellationToken)
    {
        var reason = Texts.Required("reason", body.Value.Reason);
        return ActAsync(
            deadLetterId,
            call,
            deadLetters,
            (file, withheld) => file.DiscardAsync(new DiscardDeadLetter(withheld, reason), cancellationToken),
            deadLetters.DiscardAsync,
            cancellationToken);
    }

    /// <summary>The decision is on record before it is carried out: were it the other way round, an event could be gone with nobody known to have given it up.</summary>
    private static async Task<Results<Ok<RetryReport>, ProblemResult>> ActAsync(
        string deadLetterId,
        OperatorCall call,
        IDeadLetters deadLetters,
        Func<IDeadLetterGrain, WithheldEvent, Task<CommandResult>> record,
        Func<Guid, CancellationToken, Task<RetryOutcome>> carryOut,
        CancellationToken cancellationToken)
    {
        // Only what is shown to this project may be decided on by its admin.
        if (!Guid.TryParseExact(deadLetterId, "D", out var id) || await deadLetters.FindAsync(call.ProjectId, id, cancellationToken) is not { } letter)
            return Missing().Result();

        var withheld = new WithheldEvent(letter.Consumer, letter.Position.ToString(), letter.Aggregate.ToString(), letter.EventType);
        var recorded = await call.SendAsync(() => record(call.Grain<IDeadLetterGrain>(id.ToString("D")), withheld));
        if (!recorded.IsAccepted)
            return Problem.Of(recorded).Result();

        var outcome = await carryOut(id, cancellationToken);
        return outcome.Status == RetryStatus.NotFound
            ? Missing().Result()
            : TypedResults.Ok(new RetryReport(Literal.Of(outcome.Status), outcome.Delivered, outcome.Fault));
    }

    private static ProblemDocument Missing() => Problem.NotFound("dead_letter_not_found", "There is no such dead letter in this project.");
}
