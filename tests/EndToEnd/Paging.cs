using System.Text.Json.Nodes;

namespace AwoooP.EndToEnd;

/// <summary>What every list of the API promises about its pages.</summary>
internal static class Paging
{
    /// <summary>Page by page comes what comes at once, in the same order. The list must stand still meanwhile.</summary>
    public static async Task ShouldHaveEveryRowOnceAsync(RawApi api, string list, string id, int atLeast)
    {
        var path = $"v1/platform/{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}";
        var whole = (await api.GetAsync($"{path}limit=200")).ShouldSucceed().Body;
        ((string?)whole["next_cursor"]).ShouldBeNull();
        var pages = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await api.GetAsync($"{path}limit=1{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}")).ShouldSucceed().Body;
            pages.Add(Ids(page).ShouldHaveSingleItem());
            cursor = (string?)page["next_cursor"];
        }
        while (cursor is not null);

        pages.ShouldBe(Ids(whole));
        pages.Count.ShouldBeGreaterThanOrEqualTo(atLeast);

        List<string> Ids(JsonNode page) => [.. page["items"]!.AsArray().Select(row => row![id]!.ToJsonString())];
    }

    public static async Task ShouldRefuseOutOfBoundsAsync(RawApi api, string list)
    {
        foreach (var limit in (string[])["0", "-1", "201", "ten"])
            (await api.GetAsync($"v1/platform/{list}?limit={limit}")).ShouldBeProblem(422, "out_of_range");
        (await api.GetAsync($"v1/platform/{list}?cursor=none")).ShouldBeProblem(422, "invalid_cursor");
    }
}
