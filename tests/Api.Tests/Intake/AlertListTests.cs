using System.Net;
using System.Text;
using AwoooP.Api.Tests.Hosting;

namespace AwoooP.Api.Tests.Intake;

public sealed class AlertListTests(FrontHost host) : IClassFixture<FrontHost>
{
    /// <summary>Some clients name a type with every request; a read has no body that it could be of.</summary>
    [Theory]
    [InlineData("active=false", HttpStatusCode.OK)]
    [InlineData("active=false&filter=a%3D%22b%22&filter=c%3D%22d%22", HttpStatusCode.OK)]
    [InlineData("active=false&filter=a%3D%22b%22&filter=%3D", HttpStatusCode.BadRequest)]
    [InlineData("active=false&filter=a%3D%22%00%22", HttpStatusCode.BadRequest)]
    [InlineData("active=false&filter=a%3Db%00", HttpStatusCode.BadRequest)]
    [InlineData("active=false&filter=a%00b%3Dc", HttpStatusCode.BadRequest)]
    public async Task List_WithATypeAndFilters_ReadsAllOfThem(string query, HttpStatusCode expected)
    {
        using var client = host.Connect();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v2/alerts?{query}");
        request.Content = new StringContent("", Encoding.UTF8, "text/plain");

        using var answer = await client.SendAsync(request);

        answer.StatusCode.ShouldBe(expected);
    }
}
