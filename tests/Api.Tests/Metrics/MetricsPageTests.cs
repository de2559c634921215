using System.Diagnostics.Metrics;
using AwoooP.Client.Metrics;

namespace AwoooP.Api.Tests.Metrics;

public sealed class MetricsPageTests
{
    [Theory]
    [InlineData("AwoooP.Probe", "probe-of-ours", "probe_of_ours_total 3", true)]
    [InlineData("Microsoft.Orleans", "probe-of-orleans", "probe_of_orleans_total 3", true)]
    [InlineData("Microsoft.OrleansLike", "probe-of-others", "probe_of_others_total", false)]
    [InlineData("System.Net.Http", "probe-of-http", "probe_of_http_total", false)]
    public void Render_HasTheMetersOfOursAndOfTheEngine(string meter, string counter, string line, bool expected)
    {
        using var page = new MetricsPage();
        using var source = new Meter(meter);

        source.CreateCounter<long>(counter).Add(3);

        page.Render().Contains(line, StringComparison.Ordinal).ShouldBe(expected);
    }
}
