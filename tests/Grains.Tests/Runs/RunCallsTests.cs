using AwoooP.Commands;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Runs;
using Microsoft.Extensions.Logging.Abstractions;

namespace AwoooP.Grains.Tests.Runs;

public sealed class RunCallsTests
{
    [Fact]
    public async Task Send_WhatDoesNotGetThrough_IsRepeatedWithItsIdAfterPausesThatGrowAndDiffer()
    {
        var clock = new HurriedClock(TimeSpan.FromSeconds(5));
        var calls = new RunCalls(new RunOffer(Plans.Project, Plans.RunId.ToString()), "worker:1", clock, NullLogger.Instance);
        var ids = new List<Guid?>();

        var result = await calls.SendAsync("claim", _ => SendAsync(), TimeSpan.FromHours(1), default);

        result.IsAccepted.ShouldBeTrue();
        ids.Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
        clock.ShouldHaveBackedOff(TimeSpan.FromMilliseconds(100));

        Task<CommandResult> SendAsync()
        {
            ids.Add(CallContext.Current!.CommandId);
            return ids.Count < 30 ? throw new CommandUnavailableException("Away.") : Task.FromResult(new CommandResult(1));
        }
    }
}
