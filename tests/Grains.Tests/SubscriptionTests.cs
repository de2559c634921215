using AwoooP.Approvals;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using AwoooP.Kpis;
using AwoooP.Playbooks;
using AwoooP.Projects;
using AwoooP.Retention;
using NSubstitute;

namespace AwoooP.Grains.Tests;

/// <summary>A subscriber grain that refuses its batch has not followed it: delivery must hear of it.</summary>
public sealed class SubscriptionTests
{
    private static readonly CommandResult Refused = CommandResult.Refuse(1, new Refusal(RefusalKind.Invalid, "state_too_large", "Too large."));

    private readonly IGrainFactory _grains = Substitute.For<IGrainFactory>();

    [Fact]
    public async Task Deliver_WhenTheKpiGrainRefuses_Throws()
    {
        var grain = Substitute.For<IKpiGrain>();
        grain.FollowAsync(null!, default).ReturnsForAnyArgs(Refused);
        _grains.GetGrain<IKpiGrain>("").ReturnsForAnyArgs(grain);

        await ShouldThrowAsync(new KpiSubscription(_grains, EventCatalog.Default), new ApprovalGranted("restart", "ann", Guid.Empty, default(DateTimeOffset)));
    }

    [Fact]
    public async Task Deliver_WhenTheCatalogueRefuses_Throws()
    {
        var grain = Substitute.For<IPlaybookCatalogGrain>();
        grain.FollowAsync(null!, default).ReturnsForAnyArgs(Refused);
        _grains.GetGrain<IPlaybookCatalogGrain>("").ReturnsForAnyArgs(grain);

        await ShouldThrowAsync(new PlaybookCatalogSubscription(_grains, EventCatalog.Default), new PlaybookArchived(null, "ann"));
    }

    [Fact]
    public async Task Deliver_WhenTheRetentionGrainRefuses_Throws()
    {
        var grain = Substitute.For<IRetentionGrain>();
        grain.ScheduleAsync(default).ReturnsForAnyArgs(Refused);
        _grains.GetGrain<IRetentionGrain>("").ReturnsForAnyArgs(grain);

        await ShouldThrowAsync(new RetentionSubscription(_grains, EventCatalog.Default), new ProjectCreated(new ProjectConfiguration { Name = "Shop" }, "ann"));
    }

    private static async Task ShouldThrowAsync(ISubscription subscription, object data)
    {
        var type = EventCatalog.Default.Of(data);
        var recorded = new RecordedEvent
        {
            Position = new Position(1, 0, 1),
            Id = new AggregateId("any", "shop/any"),
            Version = 1,
            Type = type.Name,
            TypeVersion = type.Version,
            Data = type.Encode(data),
            Actor = "ann",
            At = default,
        };

        await Should.ThrowAsync<DeterministicFaultException>(subscription.DeliverAsync("shop", 0, [recorded], CancellationToken.None).AsTask());
    }
}
