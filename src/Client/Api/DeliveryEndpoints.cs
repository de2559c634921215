using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Events;
using AwoooP.Journal.Delivery;
using AwoooP.Operators;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AwoooP.Client.Api;

internal static class DeliveryEndpoints
{
    private const int MaxDeadLettersShown = 200;

    public static void MapDelivery(this IEndpointRouteBuilder api)
    {
        var delivery = api.MapGroup("/delivery").WithTags("delivery");
        delivery.MapGet("/", GetAsync).Needs(OperatorRole.Operator).WithName("GetDelivery").WithSummary("Lag of every consumer, and dead letters");
        delivery.MapPost("/dead-letters/{dead_letter_id}/retry", RetryAsync).Needs(OperatorRole.Admin).WithName("RetryDeadLetter")
            .WithSummary("Deliver an event, and what waits behind it, once its cause is cured");
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

    private static async Task<Results<Ok<RetryReport>, ProblemResult>> RetryAsync(
        [FromRoute(Name = "dead_letter_id")] string deadLetterId, OperatorCall call, IDeadLetters deadLetters, CancellationToken cancellationToken)
    {
        // Only what is shown to this project may be retried by its admin.
        if (!Guid.TryParseExact(deadLetterId, "D", out var id) || !await deadLetters.ExistsAsync(call.ProjectId, id, cancellationToken))
            return Missing().Result();

        var outcome = await deadLetters.RetryAsync(id, cancellationToken);
        return outcome.Status == RetryStatus.NotFound
            ? Missing().Result()
            : TypedResults.Ok(new RetryReport(Literal.Of(outcome.Status), outcome.Delivered, outcome.Fault));
    }

    private static ProblemDocument Missing() => Problem.NotFound("dead_letter_not_found", "There is no such dead letter in this project.");
}
