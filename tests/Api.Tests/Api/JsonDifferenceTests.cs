using System.Text.Json;
using AwoooP.Client.Api;

namespace AwoooP.Api.Tests.Api;

public sealed class JsonDifferenceTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1.0}""", "")]
    [InlineData("""{"a":1,"b":2}""", """{"b":2,"a":1}""", "")]
    [InlineData("""{"a":1}""", """{"a":2}""", "changed $.a 1 2")]
    [InlineData("""{"b":1}""", """{"a":{"c":1}}""", """added $.a - {"c":1}; removed $.b 1 -""")]
    [InlineData("""{"a":[1,{"b":2},3]}""", """{"a":[1,{"b":"x"}]}""", "changed $.a[1].b 2 \"x\"; removed $.a[2] 3 -")]
    [InlineData("""{"a":[]}""", """{"a":[null]}""", "added $.a[0] - null")]
    [InlineData("""{"a":{}}""", """{"a":[]}""", "changed $.a {} []")]
    [InlineData("""{"a":null}""", "{}", "removed $.a null -")]
    public void Of_TwoDocuments_NamesEachPlaceWhereTheyDiffer(string before, string after, string expected) =>
        string.Join("; ", JsonDifference.Of(JsonElement.Parse(before), JsonElement.Parse(after))
            .Select(static change => $"{change.Kind.ToString().ToLowerInvariant()} {change.Path} {Text(change.Before)} {Text(change.After)}")).ShouldBe(expected);

    private static string Text(JsonElement? value) => value is { } known ? known.GetRawText() : "-";
}
