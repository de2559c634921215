using AwoooP.Brakes;
using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Client.Projects;
using AwoooP.Operators;

namespace AwoooP.Client.Api;

internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder api) =>
        api.MapGet("/events", StreamAsync).Needs(OperatorRole.Viewer).WithTags("events")
            .Produces(200, contentType: "text/event-stream")
            .WithName("StreamEvents").WithSummary("What happens, as server-sent events");

    private static async Task StreamAsync(
        HttpContext http, OperatorCall call, EventStream stream, EventStreamSlots slots, ProvenOperators operators, ProjectDirectory directory, CancellationToken cancellationToken)
    {
        using var slot = slots.TryTake(call.Identity.Who)
            ?? throw new ProblemException(Problem.TooMany(
                "too_many_streams", "Too many event streams are open already.", TimeSpan.FromSeconds(5), "event_streams_per_key"));
        using var streams = await OpenStreams.BeginAsync(directory, call.Projects, cancellationToken);

        // A pause of everything concerns every project.
        await stream.WriteAsync(
            http,
            call.Projects.Append(IBrakeGrain.Everything).ToHashSet(StringComparer.Ordinal),
            new StreamLease(call.Identity.Who, operators, call.Time),
            cancellationToken);
    }
}
